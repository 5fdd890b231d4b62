import { LabelrelayError } from '../../../errors';
import type { EventDraft } from '../../../events/draft';
import type { GoneThing } from '../../../webhook-api/listing';
import { normalize } from '../normalize';

const HEADERS = { 'x-labelbox-event': 'LABEL_DELETED' };

/** The event of a deletion, as a webhook of version 1 or 2 has it: the labels of a data row remain as none. */
export function gone({ subject, projectId, rowId }: GoneThing): EventDraft {
  const id = /^label\/(.+)$/.exec(subject)?.[1];
  const row = /\/data-row\/(.+)\/labels$/.exec(subject)?.[1];
  const body = id
    ? {
        id,
        label: null,
        deleted: true,
        project: { id: projectId },
        ...(rowId && { dataRow: { id: rowId } }),
      }
    : { data_row: { id: row }, projects: { [projectId]: { labels: [] } } };
  const [draft] = id || row ? normalize(body, HEADERS) : [];
  if (draft?.subject === subject) return draft;
  throw new LabelrelayError(
    'refused',
    `expected a label or the labels of a data row, got ${subject}`,
  );
}
