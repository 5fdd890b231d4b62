import { type QueueState, readQueue } from '../../lib/aws/operate/read-queue';
import { DEAD_LETTER_SUFFIX } from '../../lib/events/queues';
import { type Deployment, workerQueueOf, workerQueues } from '../deployment/deployment';

export interface DeadLetterQueue {
  /** The name of the queue that the dead letters come from. */
  readonly name: string;
  readonly url: string;
  /** The URL of that queue. */
  readonly queueUrl: string;
}

/**
 * @param name a queue or topic; all queues if absent
 * @throws LabelrelayError `not-found`
 */
export const deadLetterQueues = (deployment: Deployment, name?: string): DeadLetterQueue[] =>
  (name === undefined ? workerQueues(deployment) : [workerQueueOf(deployment, name)]).map(
    ({ name, url, deadLetterUrl }) => ({ name, url: deadLetterUrl, queueUrl: url }),
  );

/** The state of both queues; undefined for a missing one. */
export interface Both {
  readonly dead?: QueueState;
  readonly queue?: QueueState;
  /** The names of the missing queues. */
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
