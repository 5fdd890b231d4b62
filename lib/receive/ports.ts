import type { Message } from '../events/message';
import type { Secret } from '../platforms/secret';
import type { Metric } from './log/metrics';
import type { ObjectStore, StoredObjects } from './stored/object-store';

/** What is known of the secrets of a source. */
export interface KnownSecrets {
  /** The current one first; none when it has none. */
  readonly secrets: readonly Secret[];
  /**
   * Whether what none of them verifies is not authentic, even if nothing newer can be read: all that may
   * be valid are among them, the previous one too, and they were read lately.
   */
  readonly isConclusive: boolean;
}

/** Where the secrets of sources come from. */
export interface SecretStore {
  /** @throws when it cannot be known */
  read(source: string): Promise<KnownSecrets>;

  /**
   * Asks again, for credentials that match nothing: all secrets, where not all are known, and for a new
   * secret that may be in use already.
   *
   * @returns undefined when all were read a moment ago: junk must not make it ask again and again
   * @throws when it cannot be known
   */
  refresh(source: string): Promise<KnownSecrets | undefined>;
}

/** Where events go. */
export interface Queues {
  /**
   * Sends up to 10 messages, together within the limit of a batch.
   *
   * @param queue without its `labelrelay-<stage>-` prefix
   * @param signal gives up: the messages may have been accepted all the same
   * @returns the messages that the queue did not accept: whatever its answer does not name
   * @throws when that cannot be known
   */
  sendBatch(
    queue: string,
    messages: readonly Message[],
    signal: AbortSignal,
  ): Promise<readonly Message[]>;
}

/** Where the operator looks. Never takes a body, secret, signature, signed URL or e-mail address. */
export interface Telemetry {
  /** @param metrics of this line, beside its `source` when the fields name one */
  log(
    level: 'info' | 'warn' | 'error',
    message: string,
    fields?: object,
    metrics?: ReadonlyMap<Metric, number>,
  ): void;
}

/** What became of a held delivery, when something did. */
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
