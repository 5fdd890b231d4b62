import { LabelrelayError } from '../errors';

/** The error of a body whose sender went away before its end. */
export const cutOff = (cause?: unknown): LabelrelayError =>
  new LabelrelayError('cut-off', 'expected the rest of a body, got none', { cause });
