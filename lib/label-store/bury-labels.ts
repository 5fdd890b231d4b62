import { Wait } from '../consume/wait';
import { TOMBSTONE_MS } from '../events/tombstone';
import { inChunks } from './in-chunks';
import { deleteOldObjects } from './objects';
import type { LabelPorts } from './ports';

/** How many subjects are buried at once. */
const AT_ONCE = 16;
/** The longest part of a burial in one call of a worker, in milliseconds. */
const PART_MS = 10_000;

/**
 * Takes along everything that has been under a parent since before the parent's deletion.
 *
 * @param until the time before which it must be there
 * @throws Wait if more is left than one call can do. The next call goes on there
 */
export async function buryLabels(
  ports: LabelPorts,
  parent: string,
  until: string,
  now: () => number,
): Promise<void> {
  const { items } = ports;
  const end = now() + PART_MS;
  const after = await items.markGone(parent, until);
  const burial = { until, expiresAt: now() + TOMBSTONE_MS };
  for await (const links of inChunks(items.links(parent, { after }), AT_ONCE)) {
    await Promise.all(links.map(({ key }) => buryOne(ports, key, parent, burial)));
    const last = links.at(-1);
    if (!last || now() < end) continue;
    await items.noteBuried(parent, until, last.name);
    throw new Wait(`expected everything under ${parent} to be deleted, got a part`, 1);
  }
}

interface Burial {
  readonly until: string;
  /** In milliseconds since 1970. */
  readonly expiresAt: number;
}

/** A label that was added to its parent later stays. */
export async function buryOne(
  { items, objects }: LabelPorts,
  key: string,
  parent: string,
  { until, expiresAt }: Burial,
): Promise<void> {
  const state = await items.bury(key, parent, until, expiresAt);
  if (state?.hadObject) await deleteOldObjects(objects, { ...state, object: undefined });
}
