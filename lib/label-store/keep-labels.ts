import type { Position } from '../consume/position';
import type { Values } from '../consume/values';
import { lifeOf } from '../events/sequence';
import { TOMBSTONE_MS } from '../events/tombstone';
import { buryLabels, buryOne } from './bury-labels';
import type { Change, Content, Place } from './change';
import { deleteOldObjects, objectKey } from './objects';
import { linkName } from './place';
import type { Form, LabelItems, LabelPorts, State, Written } from './ports';

/** The longest JSON in an item, in bytes. DynamoDB limits an item to 400 KB, names and keys included. */
const MAX_ITEM_BYTES = 350_000;

/** For tests. */
export interface KeepOptions {
  /** The current time in milliseconds since 1970. */
  readonly now?: () => number;
  readonly maxItemBytes?: number;
}

/**
 * Stores the newest state of each subject, for `keepNewest`.
 *
 * A subject writes its links and its object, then itself, then looks whether a parent is gone. A parent writes that it is
 * gone, then looks for links. Reads are consistent, so one of the two sees the other. Old objects are deleted last. A worker
 * can die between any two of these calls: the retry repeats all of them.
 */
export function keepLabels(
  ports: LabelPorts,
  { now = Date.now, maxItemBytes = MAX_ITEM_BYTES }: KeepOptions = {},
): Values<Change> {
  const { items, objects } = ports;
  const addProject = projectAdder(items);

  async function link(key: string, place: Place, parents: NonNullable<Change['parents']>) {
    const rows = new Map(Object.keys(parents).map((parent) => [parent, '']));
    rows.set(place.project, place.row);
    const links = [...rows].map(([parent, row]) => ({
      parent,
      link: { name: linkName(row, key), row, key },
    }));
    await Promise.all(links.map(({ parent, link }) => items.putLink(parent, link)));
  }

  /** @returns where the content is: in the item, or in an object that was written */
  async function store(key: string, position: Position, content: Content | undefined) {
    const text = content && JSON.stringify(content);
    if (text === undefined || Buffer.byteLength(text) <= maxItemBytes) return { text };
    const object = objectKey(key, position);
    await objects.put(object, text);
    return { object };
  }

  async function keepState(
    key: string,
    position: Position,
    change: Change,
    expiresAt?: number,
  ): Promise<boolean> {
    const { content, place, parents = {}, about } = change;
    if (place) {
      await addProject(place.project, formOf(key, change));
      await link(key, place, parents);
    }
    const stored = await store(key, position, content);
    const written = await items.write(key, position, {
      ...stored,
      about,
      place,
      parents,
      expiresAt,
    });
    // These steps are repeated for a known event: a worker may have died at this point.
    for (const { parent, until } of await items.gone(Object.keys(parents))) {
      await buryOne(ports, key, parent, { until, expiresAt: now() + TOMBSTONE_MS });
    }
    await tidy({ ...position, key, ...stored }, written);
    return written.isWritten;
  }

  /** Deletes the objects that nothing points to any more. */
  async function tidy(own: State, { isWritten, state: other }: Written): Promise<void> {
    if (!isWritten && own.object !== undefined && own.object !== other?.object) {
      await objects.delete(own.object);
    }
    if (other?.hadObject) await deleteOldObjects(objects, isWritten ? own : other);
  }

  return {
    async keep(key, position, change, expiresAt) {
      const isKept = await keepState(key, position, change ?? { about: {} }, expiresAt);
      if (!change?.buries) return isKept;
      // A deletion without a life is final: nothing is newer.
      const until = lifeOf(position.sequence) ?? position.sequence;
      await buryLabels(ports, key, until, now);
      return true;
    },
  };
}

/** Adds each project once in each process. */
function projectAdder(items: LabelItems) {
  const known = new Set<string>();
  return async (project: string, form: Form | undefined): Promise<void> => {
    const entries = [project, ...(form ? [`${project}#${form}`] : [])];
    if (entries.every((entry) => known.has(entry))) return;
    await items.addProject({ project, forms: form ? [form] : [] });
    for (const entry of entries) known.add(entry);
  };
}

/** Whether a key is that of one label or of a row's labels; undefined for a task or a project. */
const formOf = (key: string, { content }: Change): Form | undefined =>
  content?.labels && (key.endsWith('/labels') ? 'row' : 'label');
