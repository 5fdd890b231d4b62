import { type ErrorCode, LabelrelayError } from '../errors';

/** What SQS can delay a message for, in seconds. */
const MAX_SECONDS = 900;
/** The first wait, in seconds. Each wait after it is longer, in proportion to the time waited so far. */
const FIRST_SECONDS = 5;
const GROWTH = 1.5;
/** Together almost a day. A message that still waits then is treated as one that fails. */
const MAX_WAITS = 100;

/**
 * Thrown for a message that cannot be handled yet and is not to blame: it comes again, and that costs
 * none of its tries.
 */
export class Wait extends LabelrelayError {
  /** How often a message may wait like that. */
  readonly maxWaits: number = MAX_WAITS;

  /** @param atMost seconds until it comes again, at most */
  constructor(
    message: string,
    readonly atMost: number = MAX_SECONDS,
    code: ErrorCode = 'wait',
  ) {
    super(code, message);
  }

  /** @param waits how often the message has waited already. @returns seconds, never the same for two */
  seconds(waits: number): number {
    const grown = FIRST_SECONDS * GROWTH ** waits * (0.75 + Math.random() / 2);
    return Math.ceil(Math.max(1, Math.min(grown, this.atMost, MAX_SECONDS)));
  }
}

/**
 * Thrown for what was stored in a form that this version of labelrelay does not know. Its message stays
 * in its queue, however long, until a worker comes that knows it.
 */
export class UnknownVersion extends Wait {
  override readonly maxWaits = Number.POSITIVE_INFINITY;

  /**
   * @param what is stored like that, without content
   * @param got its version: undefined for none
   */
  constructor(what: string, expected: number, got: unknown) {
    const came = got === undefined ? 'none' : String(got).slice(0, 20);
    super(`expected version ${expected} of ${what}, got ${came}`, MAX_SECONDS, 'unknown-version');
  }

  override seconds(): number {
    return MAX_SECONDS;
  }
}
