import type { Annotation, Relationship } from '../../../events/schemas/annotation';
import type { Classification } from '../../../events/schemas/classification';
import type { Label } from '../../../events/schemas/label';
import { toUtc } from '../../../events/timestamp';
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
import { toAnnotation } from './annotation';
import { toClassifications } from './classification';
import { toRelationships } from './relationship';
import { toTracks } from './tracks';

/** One label of an exported row. */
export function toLabel(label: JsonObject): Label {
  const details = asObject(label.label_details);
  const performance = {
    ...asObject(label.performance_details),
    ...asObject(label.performance_details_v2),
  };
  return {
    id: asId(label.id),
    createdAt: toUtc(details?.created_at),
    updatedAt: toUtc(details?.updated_at),
    // A snapshot lists only the labels that are there.
    deleted: false,
    skipped: asBoolean(performance.skipped),
    secondsToLabel:
      asNumber(performance.seconds_to_label) ?? asNumber(performance.seconds_to_create),
    createdBy: unlessEmpty({ email: asText(details?.created_by) }),
    agreement: asNumber(performance.consensus_score),
    benchmarkAgreement: asNumber(performance.benchmark_score),
    ...toContent(asObject(label.annotations)),
  };
}

interface Content {
  annotations?: Annotation[];
  classifications?: Classification[];
  relationships?: Relationship[];
}

/** Videos and DICOM series list what stands on each frame; everything else lists objects. */
function toContent(annotations: JsonObject | undefined): Content {
  if (!annotations) return {};
  const moving = toTracks(annotations);
  const objects = asList(annotations.objects)?.map(toAnnotation);
  const classifications = toClassifications(annotations.classifications);
  return {
    annotations: objects || moving ? [...(objects ?? []), ...(moving?.tracks ?? [])] : undefined,
    classifications:
      classifications || moving
        ? [...(classifications ?? []), ...(moving?.classifications ?? [])]
        : undefined,
    relationships: toRelationships(annotations.relationships),
  };
}
