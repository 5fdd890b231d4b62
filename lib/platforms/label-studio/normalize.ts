import type { EventDraft } from '../../events/draft';
import { asId, asObject, asText, type JsonObject } from '../../json/read';
import { knownAction } from './actions';
import { annotationEvents } from './annotation-events';
import { isBare } from './items';
import { projectEvent } from './project-event';
import { reviewEvent } from './review-event';
import { taskEvents } from './task-events';
import { trainingEvent } from './training-event';
import { unrecognized } from './unrecognized';

/** Converts Label Studio bodies to events by their action. */
export function normalize(body: JsonObject): EventDraft[] {
  const name = asText(body.action);
  const action = knownAction(name);
  if (!action || !name) return [unknownAction(body, name)];
  if (isBare(body, action)) return [bare(body, action.topic, name)];
  switch (action.about) {
    case 'annotation':
      return annotationEvents(body, action, name);
    case 'task':
      return taskEvents(body, action, name);
    case 'project':
      return [projectEvent(body, action.topic, name)];
    case 'review':
      return [reviewEvent(body, action.topic, name)];
    case 'training':
      return [trainingEvent(body, name)];
  }
}

/** The event of a webhook with `send_payload: false`, which sends the name of the action and no ids. */
const bare = (body: JsonObject, topic: EventDraft['topic'], event: string): EventDraft => ({
  topic,
  projectId: projectIdOf(body),
  isOccurrence: true,
  data: { platform: 'label-studio', event },
});

const unknownAction = (body: JsonObject, name: string | undefined): EventDraft => ({
  ...unrecognized(body, name, 'unknown-event', projectIdOf(body)),
  isOccurrence: name !== undefined,
});

const projectIdOf = (body: JsonObject): string | undefined => asId(asObject(body.project)?.id);
