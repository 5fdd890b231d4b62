import { type AnyEvent, isGone, topicOf } from '../consume/event';
import { lifeOf } from '../events/sequence';
import { microseconds } from '../events/timestamp';
import { labelIn, labelName, type ObservedTask, taskAt } from './observe-event';
import type { Deletion, Subject } from './subject';

/** The most lives of one label that are remembered, and deletions, each of which ends one. */
const MAX_LIVES = 20;

/** Whether an event tells which task a label is in, or ends its lives. */
export const hasLabel = (event: AnyEvent): boolean =>
  isDeletion(event) || labelIn(event) !== undefined;

/** Adds to the item of a label: the task that it is in, or its deletion. */
export const withLabel = (event: AnyEvent) => (subject: Subject | undefined) => {
  if (isDeletion(event)) return withDeletion(subject, event);
  const label = labelIn(event);
  if (!label || subject?.tasks?.[label.since]) return subject;
  const lives = Object.entries({ ...subject?.tasks, [label.since]: label.task });
  const newest = lives.sort(([one], [other]) => (one < other ? -1 : 1)).slice(-MAX_LIVES);
  const tasks = Object.fromEntries(newest);
  return label.since in tasks ? { ...subject, tasks } : subject;
};

/** Whether an event ends lives of a label: Label Studio gives ids again. */
const isDeletion = (event: AnyEvent): boolean =>
  topicOf(event) === 'label.deleted' &&
  isGone(event) &&
  event.subject !== undefined &&
  lifeOf(event.sequence) !== undefined;

function withDeletion(subject: Subject | undefined, event: AnyEvent): Subject | undefined {
  const until = lifeOf(event.sequence) ?? '';
  const known = subject?.deletions ?? [];
  if (known.some((each) => each.until === until)) return subject;
  const deletion = { until, at: microseconds(event.recordedtime) };
  const deletions = [...known, deletion].sort((one, other) => (one.until < other.until ? -1 : 1));
  return { ...subject, deletions: deletions.slice(-MAX_LIVES) };
}

/** The deletion that ended the life of a label. */
const deletionOf = (label: Subject | undefined, since: string): Deletion | undefined =>
  label?.deletions?.find(({ until }) => until >= since);

/** A label that came after its deletion is gone from the beginning. */
export function withGone(
  observed: ObservedTask,
  event: AnyEvent,
  label: Subject | undefined,
): ObservedTask {
  const { labels } = observed.told;
  const since = lifeOf(event.sequence) ?? '';
  const end = labels && deletionOf(label, since);
  if (!end) return observed;
  const name = labelName(event.subject ?? '', since);
  const dead = { ...labels, [name]: { since, ...labels[name], gone: end.at } };
  return { ...observed, told: { ...observed.told, labels: dead } };
}

/** The facts for the tasks of a deleted label. */
export function goneIn(event: AnyEvent, label: Subject | undefined): ObservedTask[] {
  if (!isDeletion(event)) return [];
  return Object.entries(label?.tasks ?? {}).flatMap(([since, key]) => {
    const end = deletionOf(label, since);
    if (!end || end.until !== lifeOf(event.sequence)) return [];
    const labels = { [labelName(event.subject ?? '', since)]: { since, gone: end.at } };
    return [{ ...taskAt(key), told: { labels } }];
  });
}
