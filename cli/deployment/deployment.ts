import type { Config } from '../../lib/config/read-config';
import { LabelrelayError } from '../../lib/errors';
import { DEAD_LETTER_SUFFIX, queueName } from '../../lib/events/queues';
import type { Topic } from '../../lib/events/topics';
import type { PlatformName } from '../../lib/platforms/platforms';

export interface DeployedSource {
  readonly name: string;
  readonly platform: PlatformName;
  /** Where its platform sends webhooks to. */
  readonly webhookUrl: string;
}

export interface DeployedQueue {
  /** Without its `labelrelay-<stage>-` prefix. */
  readonly name: string;
  readonly url: string;
  /** Absent of the tap, which nobody fails to work on. */
  readonly deadLetterUrl?: string;
}

/** What is deployed, or what `npm start` runs. */
export interface Deployment {
  readonly config: Config;
  /** As CloudFormation has it; undefined of `npm start`. */
  readonly status?: string;
  /** Of API Gateway; undefined of `npm start`. */
  readonly apiId?: string;
  readonly sources: readonly DeployedSource[];
  readonly queues: readonly DeployedQueue[];
  /** The secrets of sources, where they are in the environment: of `npm start` alone. */
  readonly secrets?: ReadonlyMap<string, string>;
}

/** @throws LabelrelayError `not-found` that names what there is */
export const sourceOf = ({ sources }: Deployment, name: string): DeployedSource =>
  find(sources, name, 'source');

/** A queue that a worker finishes: any but the tap. */
export type WorkerQueue = Required<DeployedQueue>;

export const workerQueues = ({ queues }: Deployment): WorkerQueue[] =>
  queues.filter((queue): queue is WorkerQueue => queue.deadLetterUrl !== undefined);

/**
 * @param name of a queue, short or as SQS has it, of its dead-letter queue, or of a topic
 * @throws LabelrelayError `not-found` that names what there is
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
  // A topic without a queue of its own goes elsewhere, or to several.
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
