import { LabelrelayError } from '../../errors';
import type { Context } from '../context';
import { describeError } from '../log/describe-error';
import { PREFIX, under } from '../stored/object-keys';
import type { StoredObjects } from '../stored/object-store';

/** What of a long list is in its queues already. */
export interface Sent {
  /** From its beginning: how many become one event may depend on where it was parted. */
  readonly items: number;
  readonly events: number;
}

/**
 * What a try that stopped leaves to the next. Where that cannot be read or kept, the next sends it all
 * again.
 */
export interface Progress {
  read(): Promise<Sent>;
  keep(sent: Sent): Promise<void>;
}

const VERSION = 1;
const NOTHING: Sent = { items: 0, events: 0 };

/** @param key of the held delivery */
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
    async keep({ items, events }) {
      const bytes = Buffer.from(JSON.stringify({ version: VERSION, items, events }));
      await objects.put(place, bytes).catch(note);
    },
  };
}

/** Once its delivery is there no more. What is left all the same expires. */
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
