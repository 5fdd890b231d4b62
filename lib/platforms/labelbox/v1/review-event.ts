import type { EventDraft } from '../../../events/draft';
import { order } from '../../../events/order';
import { toUtc } from '../../../events/timestamp';
import { asBoolean, asId, asNumber, asObject, type JsonObject } from '../../../json/read';
import { unrecognized } from '../unrecognized';
import { toLabel, toPerson } from './label';
import { toPlace } from './place';
import { whatHappened } from './what-happened';

/** A review contains its label, with the project and the data row of the label. */
export function reviewEvent(body: JsonObject, name: string | undefined): EventDraft {
  const reviewed = asObject(body.label) ?? {};
  const place = toPlace(reviewed);
  const projectId = place.project?.id;
  const happened = whatHappened(body, 'review', name);
  if (!happened) return { ...unrecognized(body, name, 'event-contradicts-body'), projectId };

  const review = {
    id: asId(body.id),
    score: asNumber(body.score),
    createdAt: toUtc(body.createdAt),
    updatedAt: toUtc(body.updatedAt),
    deleted: asBoolean(body.deleted),
    createdBy: toPerson(body.user),
  };
  return {
    topic: `review.${happened.change}`,
    ...order(['review', review.id], happened.sequence),
    time: happened.time,
    projectId,
    data: {
      platform: 'labelbox',
      event: happened.event,
      ...place,
      label: toLabel(reviewed),
      review,
      native: body,
    },
  };
}
