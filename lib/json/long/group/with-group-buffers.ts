import type { LongLimits } from '../placeholder';
import { AdjacentGroups } from './adjacent-groups';
import { NotAdjacent, type ToGroupBuffer } from './group-buffer';
import type { Overflow } from './overflow';
import { ScatteredGroups } from './scattered-groups';

/**
 * Tries work with buffers for adjacent items, which take little memory. If the items of a group do not follow each
 * other, tries it again with buffers that collect them.
 *
 * @param overflow takes what there is no room for
 */
export async function withGroupBuffers<T>(
  limits: LongLimits,
  overflow: Overflow,
  attempt: (toBuffer: ToGroupBuffer) => Promise<T>,
): Promise<T> {
  try {
    return await attempt((by) => new AdjacentGroups(by, limits.itemLength));
  } catch (error) {
    if (!(error instanceof NotAdjacent)) throw error;
  }
  return attempt((by) => new ScatteredGroups(by, limits, overflow));
}
