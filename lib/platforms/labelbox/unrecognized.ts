import type { EventDraft } from '../../events/draft';
import { toUtc } from '../../events/timestamp';
import type { UnrecognizedData } from '../../events/types';
import { asId, asObject, type JsonObject } from '../../json/read';

/** The event of an authentic body that is not understood, with the reason. */
export const unrecognized = (
  native: JsonObject,
  event: string | undefined,
  reason: UnrecognizedData['reason'],
): EventDraft => ({
  topic: 'unrecognized',
  time: toUtc(native.updatedAt) ?? toUtc(native.updated_at) ?? toUtc(native.timestamp),
  projectId: asId(asObject(native.project)?.id) ?? asId(native.projectId),
  data: { platform: 'labelbox', event, reason, native },
});
