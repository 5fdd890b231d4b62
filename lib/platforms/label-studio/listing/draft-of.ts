import { LabelrelayError } from '../../../errors';
import type { EventDraft } from '../../../events/draft';
import type { Change } from '../../../events/topics';

/** The single event of a body. */
export const draftOf =
  (drafts: (change: Change) => readonly EventDraft[]) =>
  (change: Change): EventDraft => {
    const [draft] = drafts(change);
    if (draft) return draft;
    throw new LabelrelayError('unavailable', 'expected one event of Label Studio, got none');
  };
