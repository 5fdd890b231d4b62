import { toUtc } from '../../events/timestamp';
import type { LabelData } from '../../events/types';
import type { MaybeLong } from '../../json/long/maybe-long';
import {
  asBoolean,
  asEntries,
  asId,
  asItems,
  asNumber,
  type JsonObject,
  unlessEmpty,
} from '../../json/read';
import type { Config } from './config';
import { toMedia } from './media';

/** The data row of an event: the task of an annotation. */
export function toDataRow(
  annotation: JsonObject,
  task: JsonObject | undefined,
  config: Config,
): MaybeLong<LabelData>['dataRow'] {
  const known = unlessEmpty({
    id: asId(task?.id) ?? asId(annotation.task),
    ...(task && toTask(task)),
    metadata: toMetadata(task?.meta),
  });
  return known && { ...known, media: toMedia(asItems(annotation.result) ?? [], config) };
}

/** The properties of a task in events, beside its id. */
export const toTask = (task: JsonObject) => ({
  content: task.data ?? undefined,
  createdAt: toUtc(task.created_at),
  updatedAt: toUtc(task.updated_at),
  labeled: asBoolean(task.is_labeled),
  overlap: asNumber(task.overlap),
});

function toMetadata(meta: unknown): NonNullable<LabelData['dataRow']>['metadata'] {
  const entries = asEntries(meta)?.map(([name, value]) => ({ name, value }));
  return entries?.length ? entries : undefined;
}
