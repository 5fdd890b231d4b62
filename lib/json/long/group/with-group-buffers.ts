import type { LongLimits } from '../placeholder';
import { AdjacentGroups } from './adjacent-groups';
import { NotAdjacent, type ToGroupBuffer } from './group-buffer';
import { ScatteredGroups } from './scattered-groups';

/**
 * Tries it with little memory, as if items of one group followed each other; when they do not, once more
 * with buffers that collect them.
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
