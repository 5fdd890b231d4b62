import { isObject, type JsonObject } from '../read';

export type Shape = 'label' | 'review' | 'workflow';

/** What a body is of, by its members alone: they are signed, the event's name is not. */
export function shapeOf(body: JsonObject): Shape | undefined {
  if (isObject(body.label) && 'score' in body) return 'review';
  if (isLabelText(body.label) && isObject(body.dataRow) && isObject(body.project)) return 'label';
  if (typeof body.action === 'string' && Array.isArray(body.dataRowIds)) return 'workflow';
  return undefined;
}

/** A v1 label carries its content as JSON in a string; a skipped one may carry nothing. */
const isLabelText = (value: unknown): boolean =>
  typeof value === 'string' || value === null || value === undefined;
