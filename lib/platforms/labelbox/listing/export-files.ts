import * as z from 'zod';
import { LabelrelayError } from '../../../errors';
import { type LabelboxSettings, query } from '../webhooks/query';
import { whole } from './export-task';

/** A file of an export: the bytes from `start` to `end`, both included. */
interface ExportFile {
  readonly start: number;
  readonly end: number;
  /** A signed address, which is never shown. */
  readonly url: string;
}

const offsets = z.object({ start: whole, end: whole });
const fileOfOffset = z.object({ offsets, file: z.string() }).nullable();
const fileAnswer = z.object({ task: z.object({ exportFileFromOffset: fileOfOffset }) });

/**
 * The bytes of an export from an offset to its end, which may be in many files.
 *
 * @param total the size of the export in bytes
 * @throws LabelrelayError `unavailable` if a file is missing, or has another size than Labelbox says
 */
export async function* exportBytes(
  task: string,
  { from, total }: { readonly from: number; readonly total: number },
  settings: LabelboxSettings,
): AsyncGenerator<Uint8Array> {
  let offset = from;
  while (offset < total) {
    const file = await fileAt(task, offset, settings);
    // The file of an offset may begin before it.
    let skip = offset - file.start;
    for await (const chunk of contentOf(file, settings.timeoutMs)) {
      const rest = chunk.subarray(Math.min(skip, chunk.length));
      skip -= chunk.length - rest.length;
      if (rest.length > 0) yield rest;
    }
    offset = file.end + 1;
  }
}

async function fileAt(
  task: string,
  offset: number,
  settings: LabelboxSettings,
): Promise<ExportFile> {
  const found = await query(
    fileAnswer,
    'query File($where: WhereUniqueIdInput, $streamType: TaskStreamType!, $offset: UInt64!) { task(where: $where) { exportFileFromOffset(streamType: $streamType, offset: $offset) { offsets { start end } file } } }',
    { where: { id: task }, streamType: 'RESULT', offset: String(offset) },
    settings,
  );
  const { offsets, file } = found.task.exportFileFromOffset ?? {};
  if (offsets && file && offsets.start <= offset && offset <= offsets.end) {
    return { ...offsets, url: file };
  }
  const came = offsets ? `one from ${offsets.start} to ${offsets.end}` : 'none';
  throw new LabelrelayError(
    'unavailable',
    `expected a file with offset ${offset} of Labelbox's export ${task}, got ${came}`,
  );
}

/** The content of a file, as fast as it is read. @param timeoutMs the longest wait for any part of it */
async function* contentOf(
  { start, end, url }: ExportFile,
  timeoutMs: number,
): AsyncGenerator<Uint8Array> {
  const size = end - start + 1;
  let received = 0;
  const stop = new AbortController();
  const startTimer = () => setTimeout(() => stop.abort(), timeoutMs);
  let timer = startTimer();
  try {
    // The address is signed: the key is not sent there.
    const answer = await fetch(url, { signal: stop.signal });
    if (answer.status !== 200) throw lost(`status ${answer.status}`);
    for await (const chunk of answer.body ?? []) {
      clearTimeout(timer);
      received += chunk.length;
      if (received > size) break;
      yield chunk;
      timer = startTimer();
    }
    if (received !== size) throw lost(`${received > size ? 'more' : received}`);
  } catch (error) {
    if (error instanceof LabelrelayError) throw error;
    // The message of `fetch` may contain the address.
    const { cause, name } = error as Error & { cause?: NodeJS.ErrnoException };
    throw lost(
      stop.signal.aborted ? `nothing within ${timeoutMs / 1_000} s` : (cause?.code ?? name),
    );
  } finally {
    clearTimeout(timer);
    stop.abort();
  }

  function lost(came: string): LabelrelayError {
    const message = `expected ${size} bytes of a file of Labelbox's export, got ${came}, after ${received} bytes`;
    return new LabelrelayError('unavailable', message);
  }
}
