import { Wait } from '../consume/wait';
import { TOMBSTONE_MS } from '../events/tombstone';
import type { CascadeScope } from './change';
import { inChunks } from './in-chunks';
import { deleteOldObjects } from './objects';
import type { LabelItems, LabelPorts } from './ports';
import { splitKey } from './read-state';

/** How many subjects are deleted at once. */
const AT_ONCE = 16;
/** The longest part of a deletion in one call of a worker, in milliseconds. */
const PART_MS = 10_000;

/**
 * Takes along everything that has been under a parent since before the parent's deletion.
 *
 * @param scope where it is linked
 * @param until the time before which it must be there
 * @throws Wait if more is left than one call can do. The next call goes on there
 */
export async function cascadeDeletion(
  ports: LabelPorts,
  parent: string,
  { projects, row }: CascadeScope,
  until: string,
  now: () => number,
): Promise<void> {
  const { items } = ports;
  const end = now() + PART_MS;
  const [after = '', ...afterName] = (await items.markGone(parent, until))?.split('\n') ?? [];
  const cascade = { until, expiresAt: now() + TOMBSTONE_MS };
  for (const each of projects ?? (await projectsOf(items, parent))) {
    if (each < after) continue;
    const options = { row, after: each === after ? afterName.join('\n') : undefined };
    for await (const links of inChunks(items.links(each, options), AT_ONCE)) {
      const others = links.filter(({ key }) => key !== parent);
      await Promise.all(others.map(({ key }) => deleteUnder(ports, key, parent, cascade)));
      const last = links.at(-1);
      if (!last || now() < end) continue;
      await items.noteCascade(parent, until, `${each}\n${last.name}`);
      throw new Wait(`expected everything under ${parent} to be deleted, got a part`, 1);
    }
  }
}

/** The projects of the source of a subject, in order. */
async function projectsOf(items: LabelItems, key: string): Promise<string[]> {
  const { source } = splitKey(key);
  const all = (await items.projects()).map(({ project }) => project);
  return all.filter((project) => splitKey(project).source === source).sort();
}

interface Cascade {
  readonly until: string;
  /** In milliseconds since 1970. */
  readonly expiresAt: number;
}

/** A label that was added to its parent later stays. */
export async function deleteUnder(
  { items, objects }: LabelPorts,
  key: string,
  parent: string,
  { until, expiresAt }: Cascade,
): Promise<void> {
  const state = await items.deleteUnder(key, parent, until, expiresAt);
  if (state?.hadObject) await deleteOldObjects(objects, { ...state, object: undefined });
}
