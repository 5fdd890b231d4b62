/** What went wrong, for code. The answer to the outside is looked up by it. */
export type ErrorCode =
  | 'unknown-route'
  | 'method-not-allowed'
  | 'too-large'
  | 'unauthenticated'
  | 'unsupported-media-type'
  | 'undecodable'
  | 'unavailable'
  /** The secrets of a source cannot be read now. */
  | 'secrets-unavailable'
  /** The sender would have to wait too long for it. */
  | 'takes-long'
  /** The connection ended before the body did. */
  | 'cut-off'
  /** The sender lets us wait too long. */
  | 'too-slow'
  /** Something in it is too large for memory that cannot be read in parts. */
  | 'not-streamable'
  | 'unreadable-record'
  | 'unknown-source'
  | 'invalid-configuration'
  /** A message that no number of tries makes any better. */
  | 'poison'
  /** A message that cannot be finished now. */
  | 'retry'
  /** A message that has to wait for something else, and does not fail by that. */
  | 'wait'
  /** Something was stored in a form that is not known here. */
  | 'unknown-version'
  /** What the command line was told to do cannot be done like that. */
  | 'usage'
  /** What it was told to work on is not there. */
  | 'not-found'
  /** It would do harm, or nobody has agreed to it. */
  | 'refused'
  /** Credentials are missing, wrong, or allow too little. */
  | 'denied';

/**
 * Every error this project throws on purpose.
 *
 * The message says what was expected, what came and where, for the log alone. It never carries a
 * body, a secret, a signature or a signed URL.
 */
export class LabelrelayError extends Error {
  override readonly name = 'LabelrelayError';

  /** What the answer tells the outside beside its fixed text. */
  readonly details: { readonly allow?: string; readonly limit?: number };

  constructor(
    readonly code: ErrorCode,
    message: string,
    { cause, ...details }: { cause?: unknown; allow?: string; limit?: number } = {},
  ) {
    super(message, { cause });
    this.details = details;
  }
}
