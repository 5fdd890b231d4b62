import { LabelrelayError } from '../errors';
import { fromBody } from './body';
import type { LabelPorts, State } from './ports';
import type { StoredLabel, StoredSubject } from './stored-label';

/** How often a state is read again whose object was replaced meanwhile. */
const TRIES = 10;

/**
 * Reads the content of a state. If its object is gone, a newer version has replaced it, and the state is read again.
 *
 * @returns the state that was read last, with its content if it has one; undefined if there is none any more
 */
export async function readState(
  { items, objects }: LabelPorts,
  first: State,
): Promise<StoredSubject | undefined> {
  let state: State | undefined = first;
  for (let tries = 0; state && tries < TRIES; tries++) {
    const body = state.object === undefined ? state.body : await objects.get(state.object);
    if (body !== undefined || state.object === undefined) return toSubject(state, body);
    [state] = await items.read([state.key]);
  }
  if (!state) return undefined;
  throw new LabelrelayError('unavailable', `expected the content of ${state.key}, got none`);
}

function toSubject({ key, sequence, about }: State, body: Uint8Array | undefined): StoredSubject {
  const { source, subject } = splitKey(key);
  return body === undefined
    ? { source, subject, ...about, sequence, deleted: true }
    : { source, subject, ...fromBody(body, key), sequence };
}

/** `/<source>/<subject>` */
export function splitKey(key: string): { source: string; subject: string } {
  const end = key.indexOf('/', 1);
  return { source: key.slice(1, end), subject: key.slice(end + 1) };
}

/** Each label of a subject. A deleted one has its id alone. */
export function labelsOf({ labels, task: _, ...subject }: StoredSubject): StoredLabel[] {
  const found =
    subject.deleted && subject.subject.startsWith(LABEL)
      ? [{ id: subject.subject.slice(LABEL.length), deleted: true }]
      : (labels ?? []);
  const { sequence, deleted, ...rest } = subject;
  return found.map((label) => ({ ...rest, label, sequence, ...(deleted && { deleted }) }));
}

const LABEL = 'label/';
