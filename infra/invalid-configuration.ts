import { LabelrelayError } from '../lib/errors';

/** The framework shows an error's stack, which tells nothing to whoever edits serverless.yml. */
export const invalidConfiguration = (message: string, cause?: Error): LabelrelayError =>
  Object.assign(new LabelrelayError('invalid-configuration', message, { cause }), {
    stack: message,
  });
