import type { EventDraft } from '../../events/draft';
import { order } from '../../events/order';
import type { UnrecognizedReason } from '../../events/schemas/data';
import { toUtc } from '../../events/timestamp';
import type { Headers } from '../platform';
import { asBoolean, asId, asNumber, asObject, type JsonObject } from '../read';
import { whatHappened } from './change';
import { eventName, knownEvent } from './event-name';
import { toLabel, toPerson } from './label';
import { toPlace } from './place';
import { shapeOf } from './shape';
import { normalizeWorkflow } from './workflow';

/** Labelbox bodies to events: their shape decides, the event's name in the headers only helps. */
export function normalize(body: JsonObject, headers: Headers): EventDraft[] {
  const name = eventName(headers);
  switch (shapeOf(body)) {
    case 'label':
      return [normalizeLabel(body, name)];
    case 'review':
      return [normalizeReview(body, name)];
    case 'workflow':
      return normalizeWorkflow(body, name);
    default:
      return [unrecognized(body, name, knownEvent(name) ? 'not-understood' : 'unknown-event')];
  }
}

function normalizeLabel(body: JsonObject, name: string | undefined): EventDraft {
  const place = toPlace(body);
  const projectId = place.project?.id;
  const happened = whatHappened(body, 'label', name);
  if (!happened) {
    return { ...unrecognized(body, name, 'event-contradicts-body'), projectId };
  }
  const label = toLabel(body);
  return {
    topic: `label.${happened.change}`,
    ...order(['label', label.id], happened.time, happened.rank),
    time: happened.time,
    projectId,
    data: { platform: 'labelbox', event: happened.event, ...place, labels: [label], native: body },
  };
}

function normalizeReview(body: JsonObject, name: string | undefined): EventDraft {
  const reviewed = asObject(body.label) ?? {};
  const place = toPlace(reviewed);
  const projectId = place.project?.id;
  const happened = whatHappened(body, 'review', name);
  if (!happened) {
    return { ...unrecognized(body, name, 'event-contradicts-body'), projectId };
  }
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
    ...order(['review', review.id], happened.time, happened.rank),
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

const unrecognized = (
  body: JsonObject,
  name: string | undefined,
  reason: UnrecognizedReason,
): EventDraft => ({
  topic: 'unrecognized',
  time: toUtc(body.updatedAt),
  data: { platform: 'labelbox', event: name, reason, native: body },
});
