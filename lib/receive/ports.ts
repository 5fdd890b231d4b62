import type { Message } from '../events/message';

/** Where the secrets of sources come from. */
export interface SecretStore {
  /**
   * @returns every secret of a source that is valid, none when it has none
   * @throws when it cannot be known
   */
  read(source: string): Promise<readonly string[]>;

  /**
   * Asks again, for credentials that match nothing: a new secret may be in use already.
   *
   * @returns undefined when there is nothing newer to know: junk must not make it ask again and again
   */
  refresh(source: string): Promise<readonly string[] | undefined>;
}

/** Where events go. */
export interface Queues {
  /**
   * Sends up to 10 messages, together within the limit of a batch.
   *
   * @param queue without its `labelrelay-<stage>-` prefix
   * @returns the messages that the queue did not accept: whatever its answer does not name
   * @throws when that cannot be known
   */
  sendBatch(queue: string, messages: readonly Message[]): Promise<readonly Message[]>;
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
