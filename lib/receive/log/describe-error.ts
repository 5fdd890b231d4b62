import { LabelrelayError } from '../../errors';

/**
 * Describes an error for the log. It leaves out messages of others' errors, since engines and clients quote their
 * input. The name, the code and the place say enough.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, code, $metadata } = error as Error & {
    code?: unknown;
    $metadata?: { httpStatusCode?: number };
  };
  return {
    // Services name their errors themselves.
    name: /^\w{1,64}$/.test(name) ? name : 'Error',
    code,
    status: $metadata?.httpStatusCode,
    ...(error instanceof LabelrelayError
      ? { message: error.message }
      : {
          // Behind the message, which may have lines that look like places.
          at: error.stack
            ?.slice(error.stack.indexOf(error.message) + error.message.length)
            .split('\n')
            .filter((line) => line.startsWith('    at '))
            .slice(0, 5),
        }),
    cause: error.cause === undefined ? undefined : describeError(error.cause),
  };
}
