import type { Message } from '../events/message';
import type { Secret } from '../platforms/secret';
import type { Metric } from './log/metrics';
import type { ObjectStore, StoredObjects } from './stored/object-store';

/** The secrets of a source. */
export interface KnownSecrets {
  /** The current one first. Empty if the source has none. */
  readonly secrets: readonly Secret[];
  /**
   * Whether a delivery that none of them verifies is not authentic. That is so if all valid secrets were read lately,
   * the previous one too.
   */
  readonly isConclusive: boolean;
}

/** Reads the secrets of sources. */
export interface SecretStore {
  /** @throws if they cannot be read */
  read(source: string): Promise<KnownSecrets>;

  /**
   * Reads all secrets again, for credentials that match none. A new secret may be in use already.
   *
   * @returns undefined if all were read a moment ago: forged deliveries must not cause read after read
   * @throws if they cannot be read
   */
  refresh(source: string): Promise<KnownSecrets | undefined>;
}

/** Sends messages to queues. */
export interface Queues {
  /**
   * Sends up to 10 messages, together within the limit of a batch.
   *
   * @param queue without its `labelrelay-<stage>-` prefix
   * @param signal stops the call. The queue may have accepted the messages all the same
   * @returns the messages that the queue did not accept: those that its answer does not name
   * @throws if that cannot be known
   */
  sendBatch(
    queue: string,
    messages: readonly Message[],
    signal: AbortSignal,
  ): Promise<readonly Message[]>;
}

/** Writes logs and metrics. No body, secret, signature, signed URL or e-mail address may go in. */
export interface Telemetry {
  /** @param metrics the metrics of the line, with the dimension `source` if the fields have one */
  log(
    level: 'info' | 'warn' | 'error',
    message: string,
    fields?: object,
    metrics?: ReadonlyMap<Metric, number>,
  ): void;
}

/** The outcome of a try to redeliver. */
export type Outcome = 'gone' | 'delivered' | 'rejected' | 'parked' | 'waits' | 'waits-for-secret';

export interface Ports {
  readonly secrets: SecretStore;
  readonly queues: Queues;
  readonly objects: ObjectStore;
  readonly telemetry: Telemetry;
}

/** The ports of redelivery, which also reads what is stored. */
export interface RedeliverPorts extends Ports {
  readonly objects: StoredObjects;
}
