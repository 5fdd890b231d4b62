import { type Topic, topics } from './topics';

/** The number of receives after which SQS moves a message to the dead-letter queue. */
export const MAX_RECEIVES = 5;

/** The limit of SQS for a message and for a batch, in bytes, attributes included. */
export const MAX_MESSAGE_BYTES = 1_048_576;

/** The queues of each topic, named without their prefix `labelrelay-<stage>-`. */
export type Routes = Readonly<Record<Topic, readonly string[]>>;

/** A topic's own queue: `label.created` goes to `label-created`. */
export const ownQueue = (topic: Topic): string => topic.replaceAll('.', '-');

/** Routes each topic to the queues that a function gives for it. */
export const toRoutes = (queuesFor: (topic: Topic) => readonly string[]): Routes =>
  Object.fromEntries(topics.map((topic) => [topic, queuesFor(topic)] as const)) as Routes;

/** Routes each topic to its own queue. */
export const defaultRoutes = toRoutes((topic) => [ownQueue(topic)]);

/** Every queue that a routing table names, once. */
export const queuesOf = (routes: Routes): string[] => [...new Set(Object.values(routes).flat())];

/**
 * The queue of `labelrelay tail`, if it is switched on. It gets every event, has no worker, and deletes
 * messages after five minutes.
 */
export const TAP_QUEUE = 'tap';
/** The retention of the tap, in seconds. */
export const TAP_RETENTION = 300;

/** Every queue except the tap: workers must process all of its messages. */
export const workerQueuesOf = (routes: Routes): string[] =>
  queuesOf(routes).filter((queue) => queue !== TAP_QUEUE);

/** The name of a queue in SQS. */
export const queueName = (stage: string, queue: string): string => `labelrelay-${stage}-${queue}`;

/** The suffix of the name of a dead-letter queue. */
export const DEAD_LETTER_SUFFIX = '-dlq';

/** The name of the dead-letter queue beside it. */
export const deadLetterQueueName = (stage: string, queue: string): string =>
  queueName(stage, queue) + DEAD_LETTER_SUFFIX;
