import { DEAD_LETTER_SUFFIX } from '../../lib/events/queues';
import { type QueueState, readQueue } from '../aws/read-queue';
import { type Deployment, workerQueueOf, workerQueues } from '../deployment/deployment';

export interface DeadLetterQueue {
  /** The name of the queue whose dead letters these are. */
  readonly name: string;
  readonly url: string;
  /** Of that queue itself. */
  readonly queueUrl: string;
}

/**
 * @param name of one queue or topic; all of them without
 * @throws LabelrelayError `not-found`
 */
export const deadLetterQueues = (deployment: Deployment, name?: string): DeadLetterQueue[] =>
  (name === undefined ? workerQueues(deployment) : [workerQueueOf(deployment, name)]).map(
    ({ name, url, deadLetterUrl }) => ({ name, url: deadLetterUrl, queueUrl: url }),
  );

/** Both queues as they are; undefined where one is not there. */
export interface Both {
  readonly dead?: QueueState;
  readonly queue?: QueueState;
  /** The names of those that are not there. */
  readonly missing: readonly string[];
}

export async function readBoth(
  { name, url, queueUrl }: DeadLetterQueue,
  { config }: Deployment,
): Promise<Both> {
  const [dead, queue] = await Promise.all([readQueue(url, config), readQueue(queueUrl, config)]);
  const missing = [...(queue ? [] : [name]), ...(dead ? [] : [name + DEAD_LETTER_SUFFIX])];
  return { dead, queue, missing };
}
