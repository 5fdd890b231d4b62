/** The kind of an error, for code. It determines the HTTP answer. */
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
  /** The sender would have to wait too long for the work to be done. */
  | 'takes-long'
  /** The connection ended before the body did. */
  | 'cut-off'
  /** The sender is too slow. */
  | 'too-slow'
  /** A part of the body is too large for memory and cannot be read in pieces. */
  | 'not-streamable'
  | 'unreadable-record'
  | 'unknown-source'
  | 'invalid-configuration'
  /** A message that fails however often it is tried. */
  | 'poison'
  /** A message that cannot be finished now. */
  | 'retry'
  /** A message that has to wait for something else, which does not count as a failure. */
  | 'wait'
  /** A stored record has a version that this code does not know. */
  | 'unknown-version'
  /** The command line has wrong arguments or options. */
  | 'usage'
  /** The object of the command does not exist. */
  | 'not-found'
  /** The command would do harm, or was not confirmed. */
  | 'refused'
  /** Credentials are missing, wrong, or allow too little. */
  | 'denied';

/**
 * Every error this project throws on purpose.
 *
 * The message goes to the log alone. It says what was expected, what came and where. It never contains a body,
 * a secret, a signature or a signed URL.
 */
export class LabelrelayError extends Error {
  /** @internal */
  override readonly name = 'LabelrelayError';

  /**
   * Values for the HTTP answer, whose text is fixed.
   *
   * @internal
   */
  readonly details: { readonly allow?: string; readonly limit?: number };

  constructor(
    /** The kind of the error, for code. */
    readonly code: ErrorCode,
    message: string,
    { cause, ...details }: { cause?: unknown; allow?: string; limit?: number } = {},
  ) {
    super(message, { cause });
    this.details = details;
  }
}

/** Whether an error is one of this project, of a kind. */
export const hasCode = (error: unknown, code: ErrorCode): boolean =>
  error instanceof LabelrelayError && error.code === code;
