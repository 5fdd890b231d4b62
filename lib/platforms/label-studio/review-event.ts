import type { EventDraft } from '../../events/draft';
import type { Change } from '../../events/topics';
import type { JsonObject } from '../../json/read';
import { toProject } from './items';

/** The event of an Enterprise review. Its payload is not documented, so it is passed on unchanged. */
export function reviewEvent(body: JsonObject, topic: `review.${Change}`, name: string): EventDraft {
  const project = toProject(body);
  return {
    topic,
    projectId: project?.id,
    isOccurrence: topic === 'review.deleted',
    data: { platform: 'label-studio', event: name, project, native: body },
  };
}
