import { createHash } from 'node:crypto';
import { compare, type Position } from '../consume/position';
import type { LabelObjects, State } from './ports';

/** The prefix of the objects in the bucket. */
const STATE_PREFIX = 'state/';

const prefixOf = (key: string): string =>
  `${STATE_PREFIX}${createHash('sha256').update(key).digest('hex')}/`;

/** The key of the object with the content of one version of a subject. A retry writes the same object. */
export const objectKey = (key: string, { sequence, id }: Position): string =>
  prefixOf(key) + Buffer.from(JSON.stringify([sequence, id])).toString('base64url');

function positionOf(object: string): Position | undefined {
  try {
    const name = Buffer.from(object.slice(object.lastIndexOf('/') + 1), 'base64url').toString();
    const [sequence, id] = JSON.parse(name) as [string, string];
    return { sequence, id };
  } catch {
    return undefined;
  }
}

/**
 * Deletes the objects of a subject that its state does not need: those of its version and of older ones. The object of a
 * newer version stays, since another worker may be about to point to it.
 */
export async function deleteOldObjects(objects: LabelObjects, state: State): Promise<void> {
  for (const object of await objects.list(prefixOf(state.key))) {
    const position = positionOf(object);
    const isOld = position !== undefined && compare(position, state) <= 0;
    if (isOld && object !== state.object) await objects.delete(object);
  }
}
