import { LabelrelayError } from '../errors';
import type { Failure } from './failure';
import { reasonOf } from './reason-of';

/**
 * Is called after a message failed and its outcome is settled. An error of the function is logged, and changes nothing.
 *
 * @example
 * ```ts
 * import { memoryMarks, memoryQueue } from 'labelrelay/testing';
 * import { createWorker, handleMessage, inOrder, type OnError } from 'labelrelay/worker';
 *
 * const onError: OnError = (_error, { attempt, outcome, reason }) =>
 *   console.log(attempt, outcome, reason);
 * const worker = createWorker({}, { guard: inOrder(memoryMarks()) });
 * const message = { body: '', receiveCount: 1 };
 * await handleMessage(worker, message, memoryQueue(), { onError }); // 1 dead letter expected JSON, got something else
 * ```
 */
export type OnError = (error: unknown, failure: Failure) => void | Promise<void>;

/** Logs a failure as one line of JSON on stderr, and hands it to the hook. */
export async function tellFailure(
  error: unknown,
  failure: Failure,
  onError?: OnError,
): Promise<void> {
  const { reason, ...fields } = failure;
  log(reason, error, fields);
  try {
    await onError?.(error, failure);
  } catch (thrown) {
    log(`onError failed: ${reasonOf(thrown)}`, thrown, { id: failure.id });
  }
}

function log(message: string, error: unknown, fields: object): void {
  const code = error instanceof LabelrelayError ? error.code : undefined;
  console.error(
    JSON.stringify({ level: 'error', message, code, ...fields, stack: stackOf(error) }),
  );
}

/** Causes of causes may form a circle. */
const MAX_CAUSES = 5;

/** The frames of an error and of its causes. The text before them may hold what a log must not have. */
function stackOf(error: unknown): string | undefined {
  const lines: string[] = [];
  let cause = error;
  for (let depth = 0; cause instanceof Error && depth <= MAX_CAUSES; depth++) {
    if (depth > 0) lines.push(`Caused by: ${reasonOf(cause)}`);
    lines.push(...(cause.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line)));
    ({ cause } = cause);
  }
  return lines.join('\n') || undefined;
}
