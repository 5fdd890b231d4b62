import type { Label } from '../../events/schemas/label';
import { toUtc } from '../../events/timestamp';
import {
  asBoolean,
  asId,
  asList,
  asNumber,
  asObject,
  asText,
  type JsonObject,
  unlessEmpty,
} from '../read';
import type { Config } from './config';
import { toContent } from './results';

/** An annotation that is there. A skipped one is cancelled. */
export function toLabel(annotation: JsonObject, config: Config): Label {
  const results = asList(annotation.result);
  const person = asObject(annotation.completed_by);
  return {
    id: asId(annotation.id),
    createdAt: toUtc(annotation.created_at),
    updatedAt: toUtc(annotation.updated_at),
    deleted: false,
    skipped: asBoolean(annotation.was_cancelled),
    secondsToLabel: asNumber(annotation.lead_time),
    createdBy: unlessEmpty({
      id: asId(person ? person.id : annotation.completed_by),
      email: asText(person?.email),
    }),
    groundTruth: asBoolean(annotation.ground_truth),
    ...(results && toContent(results, config)),
  };
}
