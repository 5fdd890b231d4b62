import type { EventDraft } from '../../../lib/events/draft';
import { order } from '../../../lib/events/order';
import { byVersion, RANK } from '../../../lib/events/sequence';
import { toUtc } from '../../../lib/events/timestamp';
import { asId, asText, type JsonObject } from '../../../lib/json/read';

export function normalize(body: JsonObject): EventDraft[] {
  const id = asId(body.thing);
  const time = toUtc(body.at);
  const about = { platform: 'acme', event: asText(body.event), native: body };
  if (body.event !== 'DONE' || !id) {
    return [{ topic: 'unrecognized', data: { ...about, reason: 'unknown-event' } }];
  }
  const data = { ...about, labels: [{ id, annotations: [] }] };
  return [
    {
      topic: 'label.updated',
      ...order(['label', id], byVersion(time, RANK.updated)),
      time,
      data,
    },
  ];
}
