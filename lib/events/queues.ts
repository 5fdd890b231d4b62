import { type Topic, topics } from './topics';

/** How often a message is handed out before SQS moves it to the dead-letter queue. */
export const MAX_RECEIVES = 5;

/** SQS's own limit on a message and on a batch, in bytes, attributes included. */
export const MAX_MESSAGE_BYTES = 1_048_576;

/** Which queues each topic goes to. Queues are named without their `labelrelay-<stage>-` prefix. */
export type Routes = Readonly<Record<Topic, readonly string[]>>;

/** A topic's own queue: `label.created` goes to `label-created`. */
export const ownQueue = (topic: Topic): string => topic.replaceAll('.', '-');

/** Every topic to its own queue. */
export const defaultRoutes = Object.fromEntries(
  topics.map((topic) => [topic, [ownQueue(topic)]]),
) as unknown as Routes;

/** Every queue that a routing table names, once. */
export const queuesOf = (routes: Routes): string[] => [...new Set(Object.values(routes).flat())];

/**
 * The queue that a person may look at, where it is asked for. Every topic goes to it too, nobody works on
 * it, and it soon forgets.
 */
export const TAP_QUEUE = 'tap';
/** In seconds. */
export const TAP_RETENTION = 300;

/** Every queue that a worker must finish. */
export const workerQueuesOf = (routes: Routes): string[] =>
  queuesOf(routes).filter((queue) => queue !== TAP_QUEUE);

/** The name of a queue in SQS. */
export const queueName = (stage: string, queue: string): string => `labelrelay-${stage}-${queue}`;

/** What the name of a dead-letter queue ends in, behind that of its queue. */
export const DEAD_LETTER_SUFFIX = '-dlq';

/** The name of the dead-letter queue beside it. */
export const deadLetterQueueName = (stage: string, queue: string): string =>
  queueName(stage, queue) + DEAD_LETTER_SUFFIX;
