import type { LabelStore } from '../../lib/label-store/label-store';
import type { LabelQuery } from '../../lib/label-store/read-labels';
import { type Progress, progress } from '../terminal/progress';

/** The progress of reading labels. They are counted first if there is a terminal to show it on. */
export const countingProgress = async (store: LabelStore, query: LabelQuery): Promise<Progress> =>
  progress('reading', process.stderr.isTTY ? await store.count(query) : undefined);
