import type { Position } from '../consume/position';
import type { Values } from '../consume/values';
import { lifeOf } from '../events/sequence';
import { TOMBSTONE_MS } from '../events/tombstone';
import { toBody } from './body';
import { cascadeDeletion, deleteUnder } from './cascade-deletion';
import type { Change, Content } from './change';
import { deleteOldObjects, objectKey } from './objects';
import { linkName } from './place';
import type { Form, LabelItems, LabelPorts, State, Written } from './ports';

/**
 * The largest body in an item, in bytes. An item of 8 KB, names and keys included, costs as much to write as an object: 8
 * write units of DynamoDB at $0.625 a million, and a PUT of S3 at $5.00.
 */
const MAX_BODY_BYTES = 7_000;

/** For tests. */
export interface KeepOptions {
  /** The current time in milliseconds since 1970. */
  readonly now?: () => number;
  readonly maxBodyBytes?: number;
}

/**
 * Stores the newest state of each subject, for `keepNewest`.
 *
 * A subject writes its link and its object, then itself, then looks whether a parent is gone. A parent writes that it is
 * gone, then looks for links. Reads are consistent, so one of the two sees the other. The old object is deleted last. A worker
 * can die between any two of these calls: the retry repeats all of them.
 *
 * The link is in the project, in order of data rows. So it is also found from the task.
 */
export function keepLabels(
  ports: LabelPorts,
  { now = Date.now, maxBodyBytes = MAX_BODY_BYTES }: KeepOptions = {},
): Values<Change> {
  const { items, objects } = ports;
  const addProject = projectAdder(items);

  /** @returns where the content is: in the item, or in an object that was written */
  async function store(key: string, position: Position, content: Content | undefined) {
    const body = content && toBody(content);
    if (body === undefined || body.length <= maxBodyBytes) return { body };
    const object = objectKey(key, position);
    await objects.put(object, body);
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
      const { project, row } = place;
      await items.putLink(project, { name: linkName(row, key), row, key });
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
      await deleteUnder(ports, key, parent, { until, expiresAt: now() + TOMBSTONE_MS });
    }
    await tidy({ ...position, key, ...stored }, written);
    return written.isWritten;
  }

  /**
   * Deletes the objects that nothing points to any more. A list costs as much as a PUT, so one is only made for a deletion, and
   * for a known event: a worker may have died before it deleted the object of the version before.
   */
  async function tidy(own: State, { isWritten, state: other }: Written): Promise<void> {
    const isLive = own.body !== undefined || own.object !== undefined;
    if (!isWritten && own.object !== undefined && own.object !== other?.object) {
      await objects.delete(own.object);
    }
    if (isWritten && isLive) {
      if (other?.object !== undefined) await objects.delete(other.object);
    } else if (other?.hadObject) await deleteOldObjects(objects, isWritten ? own : other);
  }

  return {
    async putIfNewer(key, position, change, expiresAt) {
      const isKept = await keepState(key, position, change ?? { about: {} }, expiresAt);
      if (!change?.cascade) return isKept;
      // A deletion without a life is final: nothing is newer.
      const until = lifeOf(position.sequence) ?? position.sequence;
      await cascadeDeletion(ports, key, change.cascade, until, now);
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
