import type { EventDraft } from '../../events/draft';
import type { UnrecognizedReason } from '../../events/schemas/data';
import type { JsonObject } from '../read';

/** What is authentic and not understood still goes out, with the reason. */
export const unrecognized = (
  native: JsonObject,
  event: string | undefined,
  reason: UnrecognizedReason,
): EventDraft => ({
  topic: 'unrecognized',
  data: { platform: 'labelbox', event, reason, native },
});
