import type { EventDraft } from '../../events/draft';
import type { JsonObject } from '../../json/read';
import type { Headers } from '../platform';
import { eventName, knownEvent } from './event-name';
import { modelRunEvent } from './model-run-event';
import { shapeOf } from './shape';
import { unrecognized } from './unrecognized';
import { labelEvent } from './v1/label-event';
import { reviewEvent } from './v1/review-event';
import { rowEvents } from './v2/row-events';
import { workflowEvents } from './workflow-events';

/** Converts Labelbox bodies to events by their shape. The event name in the headers is only a hint. */
export function normalize(body: JsonObject, headers: Headers): EventDraft[] {
  const name = eventName(headers);
  switch (shapeOf(body, name)) {
    case 'label':
      return [labelEvent(body, name)];
    case 'review':
      return [reviewEvent(body, name)];
    case 'workflow':
      return workflowEvents(body, name);
    case 'row':
      return rowEvents(body, name);
    case 'model-run':
      return [modelRunEvent(body)];
    default:
      return [unrecognized(body, name, knownEvent(name) ? 'not-understood' : 'unknown-event')];
  }
}
