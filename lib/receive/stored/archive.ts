import type { Context } from '../context';
import type { Delivery } from '../delivery';
import { describeError } from '../log/describe-error';
import { within } from '../time-limits';
import { keep } from './keep';
import { PREFIX } from './object-keys';
import { toRecord } from './record';

/** What an answer that is decided waits for the archive at most, in milliseconds. */
const PATIENCE_MS = 250;

/** Keeps a delivery that was accepted, for later. Never fails: its answer is decided. */
export async function archive(
  delivery: Delivery,
  { objects, journal }: Pick<Context, 'objects' | 'journal'>,
): Promise<void> {
  const { source, receivedAt, id, draw } = delivery;
  const day = receivedAt.toISOString().slice(0, 10);
  const key = `${PREFIX.archive}/${source.name}/${day}/${id}-${draw}`;
  try {
    await within(PATIENCE_MS, (signal) => keep(key, toRecord(delivery), objects, { signal }));
  } catch (error) {
    journal.count('ArchiveFailed');
    journal.note({ archive: describeError(error) });
  }
}
