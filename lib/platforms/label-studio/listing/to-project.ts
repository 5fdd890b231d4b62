import type { JsonObject } from '../../../json/read';
import { draftOf } from '../../../webhook-api/draft-of';
import type { ListedProject } from '../../../webhook-api/listing';
import { normalize } from '../normalize';
import { redact } from '../redact';
import { lastChangeOf } from './last-change';
import type { ProjectAnswer } from './shapes';

/** A project, and the body of its webhooks, without credentials. */
export function toProject(answer: ProjectAnswer): { listed: ListedProject; body: JsonObject } {
  const body = redact({ project: answer }).project as JsonObject;
  const subject = `project/${answer.id}`;
  const listed = {
    id: String(answer.id),
    thing: {
      subject,
      lastChange: lastChangeOf(answer),
      draft: draftOf((change) =>
        normalize({
          action: change === 'created' ? 'PROJECT_CREATED' : 'PROJECT_UPDATED',
          project: body,
        }),
      ),
    },
  };
  return { listed, body };
}
