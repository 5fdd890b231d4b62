import { LabelrelayError } from '../errors';
import type { EventDraft } from '../events/draft';
import type { Change } from '../events/topics';

/**
 * The single event of a body for each change, made once.
 *
 * @throws LabelrelayError `unavailable` if a body makes no event
 */
export function draftOf(
  drafts: (change: Change) => readonly EventDraft[],
): (change: Change) => EventDraft {
  const made = new Map<Change, EventDraft>();
  return (change) => {
    const draft = made.get(change) ?? drafts(change)[0];
    if (!draft) throw new LabelrelayError('unavailable', 'expected one event of a thing, got none');
    made.set(change, draft);
    return draft;
  };
}
