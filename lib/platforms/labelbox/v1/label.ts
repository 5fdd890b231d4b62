import type { Label } from '../../../events/schemas/label';
import { toUtc } from '../../../events/timestamp';
import { parseJson } from '../../decode-json';
import { isTooDeep } from '../../nesting';
import {
  asBoolean,
  asId,
  asList,
  asNumber,
  asObject,
  asText,
  type JsonObject,
  unlessEmpty,
} from '../../read';
import { toAnnotation, toRelationship } from './annotation';
import { toClassifications } from './classification';

/** A v1 label, whether it is the whole body or the label inside a review. */
export const toLabel = (label: JsonObject): Label => ({
  id: asId(label.id),
  createdAt: toUtc(label.createdAt),
  updatedAt: toUtc(label.updatedAt),
  deleted: asBoolean(label.deleted),
  skipped: asBoolean(label.skipped),
  secondsToLabel: asNumber(label.secondsToLabel),
  createdBy: toPerson(label.user),
  agreement: asNumber(label.agreement),
  benchmarkAgreement: asNumber(label.benchmarkAgreement),
  ...toContent(label.label),
});

/**
 * What was annotated stands as JSON in a string. It can be null, empty or no JSON, as in skipped
 * labels: then nothing is known of it, and the rest of the label still counts. A video's content is
 * the address of its frames.
 */
function toContent(text: unknown): Partial<Label> {
  const content = asObject(typeof text === 'string' ? parseJson(text) : undefined);
  if (!content || isTooDeep(content)) return {};
  return {
    framesUri: asText(content.frames),
    annotations: asList(content.objects)?.map(toAnnotation),
    classifications: toClassifications(content.classifications),
    relationships: asList(content.relationships)
      ?.map(toRelationship)
      .filter((relationship) => relationship !== undefined),
  };
}

export const toPerson = (user: unknown): Label['createdBy'] =>
  unlessEmpty({ id: asId(asObject(user)?.id), email: asText(asObject(user)?.email) });
