import type { EventDraft } from '../../events/draft';
import { order } from '../../events/order';
import { byLife, RANK } from '../../events/sequence';
import { toUtc } from '../../events/timestamp';
import type { Change } from '../../events/topics';
import { asId, asObject, asText, type JsonObject } from '../../json/read';
import { toCounts } from './counts';
import { unrecognized } from './unrecognized';

export function projectEvent(
  body: JsonObject,
  topic: `project.${Change}`,
  name: string,
): EventDraft {
  const project = 'project' in body ? asObject(body.project) : { id: body.id };
  if (!project) return unrecognized(body, name, 'not-understood', undefined);

  const id = asId(project.id) ?? asId(body.id);
  const createdAt = toUtc(project.created_at);
  const updatedAt = toUtc(project.updated_at);
  const change = topic.slice('project.'.length) as Change;
  const time = updatedAt ?? (change === 'created' ? createdAt : undefined);
  return {
    topic,
    ...order(['project', id], byLife(createdAt, time, RANK[change])),
    time,
    projectId: id,
    isOccurrence: change === 'deleted',
    data: {
      platform: 'label-studio',
      event: name,
      project: {
        id,
        name: asText(project.title),
        description: asText(project.description),
        createdAt,
        updatedAt,
        counts: toCounts(project),
      },
      native: body,
    },
  };
}
