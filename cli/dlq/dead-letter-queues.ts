import { LabelrelayError } from '../../lib/errors';
import { type DeployedQueue, type Deployment, queueOf } from '../deployment/deployment';

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
export function deadLetterQueues(deployment: Deployment, name?: string): DeadLetterQueue[] {
  const queues = name === undefined ? deployment.queues : [queueOf(deployment, name)];
  const found = queues.flatMap(toDeadLetterQueue);
  if (found.length > 0 || name === undefined) return found;
  throw new LabelrelayError('not-found', `expected a queue with dead letters, got ${name}`);
}

const toDeadLetterQueue = ({ name, url, deadLetterUrl }: DeployedQueue): DeadLetterQueue[] =>
  deadLetterUrl ? [{ name, url: deadLetterUrl, queueUrl: url }] : [];
