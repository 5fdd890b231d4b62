import { toUtc } from '../../../events/timestamp';
import type { LabelData } from '../../../events/types';
import { asId, asObject, asText, type JsonObject, unlessEmpty } from '../../../json/read';

type Place = Pick<LabelData, 'project' | 'dataset' | 'dataRow'>;

/** The project, data row and dataset of a v1 label, from the members beside its content. */
export function toPlace(label: JsonObject): Place {
  const row = asObject(label.dataRow);
  return {
    project: toNamed(label.project),
    dataset: toNamed(label.dataset),
    dataRow: unlessEmpty({
      id: asId(row?.id),
      externalId: asId(row?.externalId),
      globalKey: asId(row?.globalKey),
      content: row?.rowData ?? undefined,
      createdAt: toUtc(row?.createdAt),
      updatedAt: toUtc(row?.updatedAt),
    }),
  };
}

const toNamed = (value: unknown) =>
  unlessEmpty({ id: asId(asObject(value)?.id), name: asText(asObject(value)?.name) });
