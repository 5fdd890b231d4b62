import type { Handlers } from '../consume/create-worker';
import { type EventOf, isGone } from '../consume/event';
import { lifeOf, toLife } from '../events/sequence';
import type { Topic } from '../events/topics';
import type { Burial, LabelRow } from './projection';

type LabelEvent = EventOf<'label.created' | 'label.updated' | 'label.deleted'>;

/**
 * The newest state of each label, for `keepNewest`. A deleted label leaves a tombstone; the labels of
 * a data row come all at once; a task or project takes its labels along.
 */
export const projectLabels: Handlers<LabelRow | Burial | null | undefined> = {
  'label.created': toRow,
  'label.updated': toRow,
  'label.deleted': toRow,
  'task.deleted': () => ({ buries: true }),
  'project.deleted': () => ({ buries: true }),
};

/** The topics that it knows. */
export const projectedTopics = Object.keys(projectLabels) as readonly Topic[];

function toRow(event: LabelEvent): LabelRow | null | undefined {
  if (isGone(event)) return null;
  const { source, recordedtime, data } = event;
  const { platform, labels, dataRow, project } = data;
  if (!labels) return undefined;
  // Labelbox tells of each label that is deleted.
  if (platform !== 'label-studio') return { labels, parents: {} };
  // A label that does not tell since when it is there goes along with every deletion.
  const since = lifeOf(event.sequence) ?? '';
  const taskSince = dataRow?.createdAt ? toLife(dataRow.createdAt, recordedtime) : since;
  return {
    labels,
    parents: {
      ...(dataRow?.id && { [`${source}/task/${dataRow.id}`]: taskSince }),
      ...(project?.id && { [`${source}/project/${project.id}`]: since }),
    },
  };
}
