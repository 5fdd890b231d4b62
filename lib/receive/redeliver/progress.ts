import { LabelrelayError } from '../../errors';
import type { Context } from '../context';
import { describeError } from '../log/describe-error';
import { PREFIX, under } from '../stored/object-keys';
import type { StoredObjects } from '../stored/object-store';

/** The part of a long list that is in its queues already. */
export interface Sent {
  /** Items from the beginning. How many become one event can depend on where the list was split. */
  readonly items: number;
  readonly events: number;
}

/** Tells the next try how far this one came. If it cannot be read or stored, the next try sends all again. */
export interface Progress {
  read(): Promise<Sent>;
  save(sent: Sent): Promise<void>;
}

const VERSION = 1;
const NOTHING: Sent = { items: 0, events: 0 };

/** @param key the key of the held delivery */
export function progressOf(
  key: string,
  { objects, journal }: Pick<Context, 'journal'> & { readonly objects: StoredObjects },
): Progress {
  const place = under(PREFIX.progress, key);
  const note = (error: unknown): void => journal.note({ progress: describeError(error) });
  return {
    async read() {
      try {
        const bytes = await objects.get(place);
        return bytes ? parse(bytes) : NOTHING;
      } catch (error) {
        note(error);
        return NOTHING;
      }
    },
    async save({ items, events }) {
      const bytes = Buffer.from(JSON.stringify({ version: VERSION, items, events }));
      await objects.put(place, bytes).catch(note);
    },
  };
}

/** Removes the progress of a delivery that is done. If that fails, it expires. */
export const forgetProgress = (key: string, { remove }: StoredObjects): Promise<void> =>
  remove(under(PREFIX.progress, key)).catch(() => {});

/** @throws SyntaxError, or LabelrelayError `unknown-version` */
function parse(bytes: Uint8Array): Sent {
  const { version, items, events } = JSON.parse(Buffer.from(bytes).toString());
  if (version !== VERSION) {
    const message = `expected progress of version ${VERSION}, got ${version ?? 'none'}`;
    throw new LabelrelayError('unknown-version', message);
  }
  const isKnown = Number.isSafeInteger(items) && Number.isSafeInteger(events);
  return isKnown ? { items, events } : NOTHING;
}
