import type { Message } from '../events/message';

/** Where the secrets of sources come from. */
export interface SecretStore {
  /**
   * @returns every secret that is valid now, none when the source has none
   * @throws when it cannot be known
   */
  read(source: string): Promise<readonly string[]>;
}

/** Where events go. */
export interface Queues {
  /**
   * Sends up to 10 messages, together within the limit of a batch.
   *
   * @param queue without its `labelrelay-<stage>-` prefix
   * @returns how many the queue accepted
   * @throws when that cannot be known
   */
  sendBatch(queue: string, messages: readonly Message[]): Promise<number>;
}

/** Where bytes are kept that do not fit into a message. */
export interface ObjectStore {
  /** @returns where it is kept: `s3://bucket/key` */
  put(key: string, bytes: Uint8Array): Promise<string>;
}

/** Numbers that alarms watch. A dimension's value is from a small, fixed set. */
export type Metric =
  | 'DeliveryAccepted'
  | 'DeliveryRefused'
  | 'DeliveryUndecodable'
  | 'DeliveryUnavailable'
  | 'UnexpectedError'
  | 'EventUnrecognized'
  | 'SignaturesDisagree'
  | 'NormalizeFailed';

/** Where the operator looks. Never takes a body, secret, signature or signed URL. */
export interface Telemetry {
  log(level: 'info' | 'warn' | 'error', message: string, fields?: object): void;
  count(metric: Metric, dimensions?: Readonly<Record<string, string>>): void;
}

export interface Ports {
  readonly secrets: SecretStore;
  readonly queues: Queues;
  readonly objects: ObjectStore;
  readonly telemetry: Telemetry;
}
