import { LabelrelayError } from '../errors';

/** Thrown for a message that no number of tries makes any better: it goes to the dead letters. */
export class Poison extends LabelrelayError {
  /** @param message goes along with the dead letter: no body, and no secret */
  constructor(message: string, options: { cause?: unknown } = {}) {
    super('poison', message, options);
  }
}
