import { LabelrelayError } from '../../errors';
import type { LargeObjects } from '../large/ports';
import { readHead } from './head';
import { isLarge } from './hold';
import { readFirstLine } from './large-record';

/**
 * Expects a held object not to be of a format that only another version of labelrelay knows. Its first
 * line tells that, and no more of it is read. What has no format at all passes.
 *
 * @throws LabelrelayError `unknown-version`
 */
export async function expectKnown(
  key: string,
  { large }: { readonly large: LargeObjects },
): Promise<void> {
  const stored = await large.open(key);
  if (!stored) return;
  try {
    readHead(await readFirstLine(stored), isLarge(key) ? 2 : 1);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
  }
}

/** Whether a held object is not what was stored. */
export const isUnreadable = (error: unknown): boolean =>
  error instanceof LabelrelayError && error.code === 'unreadable-record';
