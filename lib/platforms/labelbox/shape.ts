import { asId, isObject, type JsonObject } from '../../json/read';
import { knownEvent } from './event-name';

/** The kinds of bodies: a v1 label, review or workflow action; a v2 row; the start of a model run. */
type Shape = 'label' | 'review' | 'workflow' | 'row' | 'model-run';

/**
 * Determines the kind of a body by its members. They are signed, and the event name is not. The name only counts if
 * members are missing, as in deletions.
 */
export function shapeOf(body: JsonObject, name?: string): Shape | undefined {
  if ('score' in body && isReviewed(body, name)) return 'review';
  if ('data_row' in body && isObject(body.projects)) return 'row';
  if (typeof body.action === 'string' && Array.isArray(body.dataRowIds)) return 'workflow';
  if ('modelRunId' in body && ('modelType' in body || 'modelId' in body)) return 'model-run';
  return isLabel(body, name) ? 'label' : undefined;
}

const isReviewed = ({ label }: JsonObject, name: string | undefined): boolean =>
  isObject(label) || (typeof label !== 'string' && knownEvent(name)?.family === 'review');

/**
 * A v1 label has its content as JSON in a string; a skipped one may have null. Its project and data row can be null
 * once they are deleted.
 */
function isLabel(body: JsonObject, name: string | undefined): boolean {
  const isClaimed = knownEvent(name)?.family === 'label';
  if (isClaimed && body.deleted === true) return true;
  if (!('label' in body)) return false;
  const isContent = typeof body.label === 'string' || body.label === null || isClaimed;
  const isPlaced = isObject(body.dataRow) && isObject(body.project);
  return isContent && (asId(body.id) !== undefined || isPlaced);
}
