import type { Config } from '../../lib/config/read-config';
import { LabelrelayError } from '../../lib/errors';
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
 * @param name as a queue or as its topic
 * @throws LabelrelayError `not-found` that names what there is
 */
export const workerQueueOf = (deployment: Deployment, name: string): WorkerQueue =>
  find(workerQueues(deployment), name.replaceAll('.', '-'), 'queue');

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
