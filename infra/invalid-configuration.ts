import { LabelrelayError } from '../lib/errors';

/** An error without a stack: the framework prints stacks, which do not help with serverless.yml. */
export const invalidConfiguration = (message: string, cause?: Error): LabelrelayError =>
  Object.assign(new LabelrelayError('invalid-configuration', message, { cause }), {
    stack: message,
  });
