import { toUtc } from '../../events/timestamp';
import type { Label } from '../../events/types';
import { leftOf } from '../../json/left-of';
import type { MaybeLong } from '../../json/long/maybe-long';
import {
  asBoolean,
  asId,
  asItems,
  asNumber,
  asObject,
  asText,
  type JsonObject,
  unlessEmpty,
} from '../../json/read';
import type { Config } from './config';
import { toContent } from './results';

/** Members that the label contains already, or that are internal to Label Studio. */
const KNOWN: ReadonlySet<string> = new Set([
  ...['id', 'was_cancelled', 'ground_truth', 'created_at', 'updated_at', 'lead_time'],
  ...['completed_by', 'task', 'project', 'draft_created_at', 'prediction', 'result_count'],
  ...['unique_id', 'import_id', 'last_action', 'bulk_created', 'updated_by', 'last_created_by'],
  ...['parent_prediction', 'parent_annotation'],
]);

/** Converts an annotation that exists. A skipped one has `was_cancelled`. */
export function toLabel(annotation: JsonObject, config: Config): MaybeLong<Label> {
  const results = asItems(annotation.result);
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
    other: leftOf(annotation, (name) => KNOWN.has(name) || (name === 'result' && !!results)),
  };
}
