import type { EventDraft } from '../../../events/draft';
import { order } from '../../../events/order';
import { asReceived } from '../../../json/encoded-object';
import type { JsonObject } from '../../../json/read';
import { unrecognized } from '../unrecognized';
import { toLabel } from './label';
import { toPlace } from './place';
import { whatHappened } from './what-happened';

/** A v1 label is the body itself. */
export function labelEvent(body: JsonObject, name: string | undefined): EventDraft {
  const place = toPlace(body);
  const projectId = place.project?.id;
  const happened = whatHappened(body, 'label', name);
  if (!happened) return unrecognized(body, name, 'event-contradicts-body');

  const label = toLabel(body);
  return {
    topic: `label.${happened.change}`,
    ...order(['label', label.id], happened.sequence),
    time: happened.time,
    projectId,
    data: {
      platform: 'labelbox',
      event: happened.event,
      ...place,
      labels: [label],
      native: asReceived(body),
    },
  };
}
