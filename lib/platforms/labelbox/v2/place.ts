import { toUtc } from '../../../events/timestamp';
import type { LabelData } from '../../../events/types';
import {
  asId,
  asList,
  asNumber,
  asObject,
  asText,
  type JsonObject,
  unlessEmpty,
} from '../../../json/read';
import type { Where } from './where';

type DataRow = NonNullable<LabelData['dataRow']>;

/** The dataset and data row of an exported row, with the properties of its medium. */
export function toPlace(body: JsonObject): Pick<LabelData, 'dataset' | 'dataRow'> {
  const row = asObject(body.data_row) ?? {};
  const details = asObject(row.details);
  return {
    dataset: unlessEmpty({ id: asId(details?.dataset_id), name: asText(details?.dataset_name) }),
    dataRow: unlessEmpty({
      id: asId(row.id),
      externalId: asId(row.external_id),
      globalKey: asId(row.global_key),
      content: row.row_data ?? undefined,
      createdAt: toUtc(details?.created_at),
      updatedAt: toUtc(details?.updated_at),
      media: toMedia(asObject(body.media_attributes)),
      metadata: toMetadata(body.metadata_fields),
    }),
  };
}

const toMedia = (attributes: JsonObject | undefined): DataRow['media'] =>
  unlessEmpty({
    type: asText(attributes?.asset_type),
    mimeType: asText(attributes?.mime_type),
    width: asNumber(attributes?.width),
    height: asNumber(attributes?.height),
    frameRate: asNumber(attributes?.frame_rate),
    frameCount: asNumber(attributes?.frame_count),
    duration: asNumber(attributes?.duration),
    pages: asNumber(attributes?.page_count),
  });

function toMetadata(fields: unknown): DataRow['metadata'] {
  const metadata = asList(fields)?.map((item) => {
    const field = asObject(item);
    return {
      name: asText(field?.schema_name),
      value: toValue(field?.value),
      id: asId(field?.schema_id),
    };
  });
  return metadata?.length ? metadata : undefined;
}

/** The names of choices; a single name is no list. */
function toValue(value: unknown): unknown {
  const names = asList(value)?.map((choice) => asText(asObject(choice)?.schema_name));
  if (!names?.length || names.includes(undefined)) return value ?? undefined;
  return names.length === 1 ? names[0] : names;
}

/** The unit of ranges in a medium. */
export function unitOf(media: DataRow['media']): Where['unit'] {
  const of = `${media?.type ?? ''} ${media?.mimeType ?? ''}`;
  if (/\baudio\b/i.test(of)) return 'ms';
  return /\bvideo\b/i.test(of) ? 'frame' : undefined;
}
