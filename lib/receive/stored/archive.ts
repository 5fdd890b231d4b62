import type { Context } from '../context';
import type { Delivery } from '../delivery';
import { describeError } from '../log/describe-error';
import { within } from '../time-limits';
import { archiveKey } from './object-keys';
import type { StoredObjects } from './object-store';
import { toEnd, toHead, toRecord } from './record';
import { store, storeStream } from './store';
import type { StoredDelivery } from './stored-delivery';

/** The time limit of the archive: an answer waits for it. */
const TIME_MS = 250;

/** Archives a delivery that was just accepted. Never fails: its answer is decided. */
export const archive = (
  delivery: Delivery,
  { objects, journal }: Pick<Context, 'objects' | 'journal'>,
): Promise<void> =>
  unlessItFails(journal, () =>
    within(TIME_MS, (signal) =>
      store(archiveKey(delivery, delivery.id), toRecord(delivery, true), objects, { signal }),
    ),
  );

/** Archives a held delivery that passed. Never fails: the delivery is done. */
export const archiveStored = (
  stored: StoredDelivery,
  { objects, journal, signal }: Pick<Context, 'journal' | 'signal'> & { objects: StoredObjects },
): Promise<void> =>
  unlessItFails(journal, () => {
    const key = archiveKey(stored.arrival, stored.id, !stored.inMemory);
    if (stored.isVerified) return objects.copy(stored.key, key);
    return storeStream(key, verifiedRecord(stored), objects, signal);
  });

/** The record of a delivery that was verified after it was held. Its secret may be gone when it is replayed. */
async function* verifiedRecord({ arrival, id, read }: StoredDelivery): AsyncGenerator<Uint8Array> {
  yield toHead({ ...arrival, credentials: [] });
  yield* await read();
  yield toEnd({ isVerified: true, id });
}

async function unlessItFails(
  journal: Context['journal'],
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    journal.count('ArchiveFailed');
    journal.note({ archive: describeError(error) });
  }
}
