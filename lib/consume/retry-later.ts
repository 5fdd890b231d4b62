import { LabelrelayError } from '../errors';

/** Thrown for a message that cannot be finished now: it comes again. */
export class RetryLater extends LabelrelayError {
  /** @param seconds until then; undefined waits longer from time to time */
  constructor(
    message: string,
    readonly seconds?: number,
    options: { cause?: unknown } = {},
  ) {
    super('retry', message, options);
  }
}
