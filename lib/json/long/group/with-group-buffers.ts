import type { LongLimits } from '../placeholder';
import { AdjacentGroups } from './adjacent-groups';
import { NotAdjacent, type ToGroupBuffer } from './group-buffer';
import { ScatteredGroups } from './scattered-groups';

/**
 * Tries work with buffers for adjacent items, which take little memory. If the items of a group do not follow each
 * other, tries it again with buffers that collect them.
 */
export async function withGroupBuffers<T>(
  { itemLength, groupedLength }: Pick<LongLimits, 'itemLength' | 'groupedLength'>,
  attempt: (toBuffer: ToGroupBuffer) => Promise<T>,
): Promise<T> {
  try {
    return await attempt((by) => new AdjacentGroups(by, itemLength));
  } catch (error) {
    if (!(error instanceof NotAdjacent)) throw error;
  }
  return attempt((by) => new ScatteredGroups(by, groupedLength));
}
