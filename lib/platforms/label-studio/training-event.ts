import type { EventDraft } from '../../events/draft';
import { subjectOf } from '../../events/order';
import { isObject, type JsonObject } from '../../json/read';
import { toProject } from './items';
import { unrecognized } from './unrecognized';

/** The event when a user presses Start Training. The body is the same every time. */
export function trainingEvent(body: JsonObject, name: string): EventDraft {
  if ('project' in body && !isObject(body.project))
    return unrecognized(body, name, 'not-understood', undefined);
  const project = toProject(body, { project: body.id });
  return {
    topic: 'training.requested',
    subject: subjectOf(['project', project?.id]),
    projectId: project?.id,
    isOccurrence: true,
    data: { platform: 'label-studio', event: name, project, training: {}, native: body },
  };
}
