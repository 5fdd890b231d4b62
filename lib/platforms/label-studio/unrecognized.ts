import type { EventDraft } from '../../events/draft';
import type { UnrecognizedData } from '../../events/types';
import type { JsonObject } from '../../json/read';

/** The event of an authentic body that is not understood, with the reason. */
export const unrecognized = (
  native: JsonObject,
  event: string | undefined,
  reason: UnrecognizedData['reason'],
  projectId: string | undefined,
): EventDraft => ({
  topic: 'unrecognized',
  projectId,
  data: { platform: 'label-studio', event, reason, native },
});
