import { newest, toUtc } from '../../../events/timestamp';
import type { JsonObject } from '../../../json/read';
import { draftOf } from '../../../webhook-api/draft-of';
import type { Listed, ListedRow } from '../../../webhook-api/listing';
import { normalize } from '../normalize';
import { lastChangeOf } from './last-change';
import type { AnnotationAnswer, TaskAnswer } from './shapes';

/** The members of a task in a webhook. A list has more, in part by other names. */
const TASK_MEMBERS = [
  ...['id', 'data', 'meta', 'created_at', 'updated_at', 'is_labeled', 'overlap', 'inner_id'],
  ...['total_annotations', 'cancelled_annotations', 'total_predictions', 'comment_count'],
  ...['unresolved_comment_count', 'last_comment_updated_at', 'project'],
] as const;

/** A task with its annotations. Drafts and predictions are no labels. @param project as webhooks have it */
export function toRow(answer: TaskAnswer, project: JsonObject): ListedRow {
  const task = Object.fromEntries(
    TASK_MEMBERS.filter((member) => member in answer).map((member) => [member, answer[member]]),
  );
  const { annotations, total_annotations: usual, cancelled_annotations: skipped } = answer;
  // A server can be set to leave out results in lists.
  const readable = annotations.filter((each) => 'result' in each);
  const expected = usual == null ? annotations.length : usual + (skipped ?? 0);
  const unreadable = Math.max(expected, annotations.length) - readable.length;
  return {
    id: String(answer.id),
    changedAt:
      newest([answer, ...annotations].map(({ updated_at }) => toUtc(updated_at))) ??
      answer.updated_at,
    things: [
      toThing(`task/${answer.id}`, answer, () => ({
        action: 'TASKS_CREATED',
        tasks: [task],
        project,
      })),
      ...readable.map((annotation) => toLabel(annotation, task, project)),
    ],
    labels: readable.length,
    isWhole: usual != null && unreadable === 0 && annotations.length === expected,
    ...(unreadable > 0 && { unreadable }),
  };
}

/** Without the name and e-mail address of the person, which webhooks do not have. */
const toLabel = (
  { created_username: _, created_ago: __, ...annotation }: AnnotationAnswer,
  task: JsonObject,
  project: JsonObject,
): Listed =>
  toThing(`label/${annotation.id}`, annotation, (isNew) => ({
    action: isNew ? 'ANNOTATION_CREATED' : 'ANNOTATION_UPDATED',
    annotations: [annotation],
    task,
    project,
  }));

const toThing = (
  subject: string,
  thing: JsonObject,
  body: (isNew: boolean) => JsonObject,
): Listed => ({
  subject,
  lastChange: lastChangeOf(thing),
  draft: draftOf((change) => normalize(body(change === 'created'))),
});
