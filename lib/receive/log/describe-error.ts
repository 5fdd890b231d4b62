import { LabelrelayError } from '../../errors';

/**
 * An error for the log. Messages of errors that are not ours are left out, since engines and
 * clients quote what they could not read; their names, codes and places say enough.
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
