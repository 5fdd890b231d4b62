import { isObject, type JsonObject } from '../read';

/** A v1 label, review or workflow action; a v2 row; the start of a model run. */
type Shape = 'label' | 'review' | 'workflow' | 'row' | 'model-run';

/**
 * What a body is of, by its members alone: they are signed, the event's name is not. A v1 label
 * carries its content as JSON in a string, and a skipped one may carry null.
 */
export function shapeOf(body: JsonObject): Shape | undefined {
  if (isObject(body.label) && 'score' in body) return 'review';
  const hasText = typeof body.label === 'string' || body.label === null;
  if (hasText && isObject(body.dataRow) && isObject(body.project)) return 'label';
  if (isObject(body.data_row) && isObject(body.projects)) return 'row';
  if (typeof body.action === 'string' && Array.isArray(body.dataRowIds)) return 'workflow';
  if ('modelRunId' in body && ('modelType' in body || 'modelId' in body)) return 'model-run';
  return undefined;
}
