import type { LabelData } from '../../../events/schemas/data';
import { asId, asObject, asText, type JsonObject, unlessEmpty } from '../../read';

type Place = Pick<LabelData, 'project' | 'dataset' | 'dataRow'>;

/** Where a v1 label belongs: the objects beside its content. */
export function toPlace(label: JsonObject): Place {
  const row = asObject(label.dataRow);
  return {
    project: toNamed(label.project),
    dataset: toNamed(label.dataset),
    dataRow: unlessEmpty({
      id: asId(row?.id),
      externalId: asText(row?.externalId),
      globalKey: asText(row?.globalKey),
      content: row?.rowData ?? undefined,
    }),
  };
}

const toNamed = (value: unknown) =>
  unlessEmpty({ id: asId(asObject(value)?.id), name: asText(asObject(value)?.name) });
