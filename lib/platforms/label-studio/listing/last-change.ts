import { toUtc } from '../../../events/timestamp';
import type { JsonObject } from '../../../json/read';

/** A thing gets its two times one after the other when it is created. */
const CREATION_MS = 100;

/** The change that the newest webhook of a thing reported: its creation, unless it was changed later. */
export function lastChangeOf(thing: JsonObject): 'created' | 'updated' {
  const [created, updated] = [thing.created_at, thing.updated_at].map((time) =>
    Date.parse(toUtc(time) ?? ''),
  ) as [number, number];
  // A project is listed without the time of its last change.
  return updated - created > CREATION_MS ? 'updated' : 'created';
}
