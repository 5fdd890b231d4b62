import type { EventDraft } from '../../events/draft';
import { subjectOf } from '../../events/order';
import { asId, asText, type JsonObject } from '../../json/read';

/** The event when a user starts the training of a model run. The body is the same every time. */
export function modelRunEvent(body: JsonObject): EventDraft {
  const modelRunId = asId(body.modelRunId);
  return {
    topic: 'training.requested',
    subject: subjectOf(['model-run', modelRunId]),
    isOccurrence: true,
    data: {
      platform: 'labelbox',
      event: 'MODEL_RUN',
      training: { modelId: asId(body.modelId), modelRunId, modelType: asText(body.modelType) },
      native: body,
    },
  };
}
