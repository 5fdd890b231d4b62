import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { LabelrelayError } from '../../../errors';
import { type LabelboxSettings, query } from '../webhooks/query';

/** Results, or the rows that could not be exported. */
export type StreamType = 'RESULT' | 'ERRORS';

/** The size of a stream of an export. */
export interface StreamSize {
  readonly bytes: number;
  readonly lines: number;
}

export interface ExportWait {
  /** The time between two questions for the state, in milliseconds. Labelbox's own client asks every 2 s at most. */
  readonly pollMs?: number;
  /** The longest wait, in milliseconds; two hours by default, as in Labelbox's own client. */
  readonly longestMs?: number;
}

/** A whole number, which GraphQL may write as text. */
export const whole = z.union([
  z.int().nonnegative(),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
]);

const userAnswer = z.object({ user: z.object({ id: z.string() }) });
const taskStates = z.array(z.object({ id: z.string(), status: z.string() }));
const tasksAnswer = z.object({ user: z.object({ createdTasks: taskStates }).nullable() });
const header = z.object({ totalSize: whole, totalLines: whole }).nullable();
const headerAnswer = z.object({ task: z.object({ exportMetadataHeader: header }) });

/**
 * Waits until an export has ended. Yields as often as it is still in progress, so that the caller can stop.
 *
 * @throws LabelrelayError `not-found` if Labelbox does not know it; `refused` if it did not end well; `unavailable` if it
 *   takes too long. It goes on at Labelbox, so a later wait can succeed
 */
export async function* pollExport(
  task: string,
  settings: LabelboxSettings,
  { pollMs = 2_000, longestMs = 7_200_000 }: ExportWait = {},
): AsyncGenerator<void> {
  const end = Date.now() + longestMs;
  const { user } = await query(userAnswer, 'query User { user { id } }', {}, settings);
  for (;;) {
    const status = await statusOf(task, user.id, settings);
    if (status === 'COMPLETE') return;
    if (status !== 'IN_PROGRESS') {
      const message = `expected an export of Labelbox that is complete, got ${status}, of task ${task}`;
      throw new LabelrelayError('refused', message);
    }
    if (Date.now() + pollMs > end) {
      const message = `expected an export of Labelbox within ${longestMs / 1_000} s, got none yet, of task ${task}`;
      throw new LabelrelayError('unavailable', message);
    }
    yield;
    await setTimeout(pollMs);
  }
}

async function statusOf(task: string, user: string, settings: LabelboxSettings): Promise<string> {
  const found = await query(
    tasksAnswer,
    'query Task($user: ID!, $task: ID!) { user(where: { id: $user }) { createdTasks(where: { id: $task } skip: 0 first: 100) { id status } } }',
    { user, task },
    settings,
  );
  const [first] = found.user?.createdTasks ?? [];
  if (first) return first.status;
  throw new LabelrelayError(
    'not-found',
    `expected an export of Labelbox, got none for task ${task}`,
  );
}

/** The size of a stream, which is nothing if there is no stream. */
export async function sizeOf(
  task: string,
  streamType: StreamType,
  settings: LabelboxSettings,
): Promise<StreamSize> {
  const found = await query(
    headerAnswer,
    'query Size($where: WhereUniqueIdInput, $streamType: TaskStreamType!) { task(where: $where) { exportMetadataHeader(streamType: $streamType) { totalSize totalLines } } }',
    { where: { id: task }, streamType },
    settings,
  );
  const { totalSize = 0, totalLines = 0 } = found.task.exportMetadataHeader ?? {};
  return { bytes: totalSize, lines: totalLines };
}
