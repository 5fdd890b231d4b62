import type { Config } from '../../lib/config/read-config';
import { LabelrelayError } from '../../lib/errors';
import { DEAD_LETTER_SUFFIX, queueName } from '../../lib/events/queues';
import type { Topic } from '../../lib/events/topics';
import type { PlatformName } from '../../lib/platforms/platforms';

export interface DeployedSource {
  readonly name: string;
  readonly platform: PlatformName;
  /** The URL to which the platform sends webhooks. */
  readonly webhookUrl: string;
}

export interface DeployedQueue {
  /** The name without the prefix `labelrelay-<stage>-`. */
  readonly name: string;
  readonly url: string;
  /** Absent for the tap, which has no worker that could fail. */
  readonly deadLetterUrl?: string;
}

/** A deployed stage, or a running `npm start`. */
export interface Deployment {
  readonly config: Config;
  /** The status of the stack in CloudFormation; undefined for `npm start`. */
  readonly status?: string;
  /** The id of the API in API Gateway; undefined for `npm start`. */
  readonly apiId?: string;
  readonly sources: readonly DeployedSource[];
  readonly queues: readonly DeployedQueue[];
  /** The secrets of sources in the environment; only for `npm start`. */
  readonly secrets?: ReadonlyMap<string, string>;
}

/** @throws LabelrelayError `not-found` that names the existing sources */
export const sourceOf = ({ sources }: Deployment, name: string): DeployedSource =>
  find(sources, name, 'source');

/** A queue with a worker: any but the tap. */
export type WorkerQueue = Required<DeployedQueue>;

export const workerQueues = ({ queues }: Deployment): WorkerQueue[] =>
  queues.filter((queue): queue is WorkerQueue => queue.deadLetterUrl !== undefined);

/**
 * @param name the short name or the full SQS name of a queue or of its dead-letter queue, or a topic
 * @throws LabelrelayError `not-found` that names the existing queues
 */
export function workerQueueOf(deployment: Deployment, name: string): WorkerQueue {
  const { stage, routes } = deployment.config;
  const all = workerQueues(deployment);
  // The URL and the ARN of a queue end in its name.
  const last = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf(':')) + 1);
  const inFull = queueName(stage, '');
  const short = last.startsWith(inFull) ? last.slice(inFull.length) : last.replaceAll('.', '-');
  const named = all.find(
    (queue) => short === queue.name || short === queue.name + DEAD_LETTER_SUFFIX,
  );
  if (named) return named;
  // A topic without a queue of its own goes to another queue, or to several.
  const routed: readonly string[] | undefined = Object.hasOwn(routes, name)
    ? routes[name as Topic]
    : undefined;
  const fitting = all.filter((queue) => routed?.includes(queue.name));
  return fitting.length === 1 && fitting[0]
    ? fitting[0]
    : find(fitting.length > 1 ? fitting : all, short, 'queue');
}

function find<T extends { readonly name: string }>(
  all: readonly T[],
  name: string,
  what: string,
): T {
  const found = all.find((each) => each.name === name);
  if (found) return found;
  const names = all.map((each) => each.name).join(', ');
  throw new LabelrelayError('not-found', `expected a ${what} of ${names}, got ${name}`);
}
