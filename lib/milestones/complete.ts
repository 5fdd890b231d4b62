import { type AnyEvent, isGone, topicOf } from '../consume/event';
import { lifeOf } from '../events/sequence';
import { microseconds } from '../events/timestamp';
import { type Completable, type Completion, tell } from './completion';
import type { Alongside } from './count-changes';
import { type DerivedEvent, deriveEvent } from './derived-event';
import { inBatches } from './in-batches';
import { update } from './items';
import {
  labelIn,
  labelName,
  type Observed,
  observeEvent,
  projectIn,
  taskAt,
} from './observe-event';
import type { MilestonePorts } from './ports';
import { projectOf } from './rule';
import type { ScopeState } from './scope-state';
import { type Deletion, type Subject, subjectOf } from './subject';
import { textOf } from './write-scopes';

/** The most events that one write of an item tells of. */
const MAX_BATCH = 25;
/** The most lives of one label that are remembered, and deletions, each of which ends one. */
const MAX_LIVES = 20;

interface Telling {
  readonly event: AnyEvent;
  readonly observed: Observed;
}

/**
 * Finds completions. Each item keeps what was observed in order of time, and the events that completed it: a retry of such
 * an event publishes its completions again.
 */
export function completions({ items, publish }: MilestonePorts, schemaBase: string) {
  const inTurn = inBatches(tellAll, MAX_BATCH);

  async function tellAll(tellings: readonly Telling[]): Promise<Completable | undefined> {
    const [{ observed }] = tellings as [Telling];
    const add = (before: Completable | undefined) =>
      tellings.reduce((so, { event, observed: { told } }) => tell(so, event, told), before);
    if (observed.topic === 'task.completed') return update<Completable>(items, observed.key, add);
    const state = await update<ScopeState>(items, observed.key, (before) => {
      const completion = add(before?.completion);
      return completion === before?.completion ? before : { epochs: {}, ...before, completion };
    });
    return state?.completion;
  }

  /** @returns the completions that the event has caused, also if it was handled before */
  async function tellOne(telling: Telling): Promise<readonly DerivedEvent[]> {
    const { event, observed } = telling;
    const state = await inTurn(textOf(observed.key), telling);
    const caused = (state?.recent ?? []).filter(({ cause }) => cause === event.id);
    return caused.map((completion) => toEvent(telling, completion, schemaBase));
  }

  return {
    /** The facts of an event that can be written with its counting: they need no write of their own. */
    alongside: (event: AnyEvent): Alongside => ({
      subject: withLabel(event),
      project: withProject(event),
    }),

    async complete(event: AnyEvent): Promise<void> {
      const label =
        isDeletion(event) || labelIn(event)
          ? await update<Subject>(items, subjectOf(event).key, withLabel(event))
          : undefined;
      const all = [
        ...observeEvent(event).map((each) => withGone(each, event, label)),
        ...gone(event, label),
      ];
      const found = await Promise.all(all.map((observed) => tellOne({ event, observed })));
      if (found.some(({ length }) => length > 0)) await publish(found.flat());
    },
  };
}

function toEvent(
  { event, observed }: Telling,
  { number, at, done }: Completion,
  schemaBase: string,
): DerivedEvent {
  const { topic, subject, about, created } = observed;
  const { id, name } = projectOf(event) ?? {};
  const project = id === undefined ? {} : { project: { id, name } };
  const data = { platform: event.data.platform, ...project, completedAt: at };
  const facts = {
    source: event.source.slice(1),
    project: id,
    subject: `${subject}/completion`,
    number: [created, number],
    time: at,
    recordedtime: event.recordedtime,
    recovered: event.recovered,
  };
  return topic === 'task.completed'
    ? deriveEvent({ ...facts, topic, data: { ...data, ...about } }, schemaBase)
    : deriveEvent({ ...facts, topic, data: { ...data, tasks: done } }, schemaBase);
}

const withProject = (event: AnyEvent) => {
  const told = projectIn(event)?.told;
  return (before: Completable | undefined) => (told ? tell(before, event, told) : before);
};

/** Adds to the item of a label: the task that it is in, or its deletion. */
const withLabel = (event: AnyEvent) => (subject: Subject | undefined) => {
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
function withGone(observed: Observed, event: AnyEvent, label: Subject | undefined): Observed {
  const { labels } = observed.told;
  const since = lifeOf(event.sequence) ?? '';
  const end = labels && deletionOf(label, since);
  if (!end) return observed;
  const name = labelName(event.subject ?? '', since);
  const dead = { ...labels, [name]: { since, ...labels[name], gone: end.at } };
  return { ...observed, told: { ...observed.told, labels: dead } };
}

/** The facts for the tasks of a deleted label. */
function gone(event: AnyEvent, label: Subject | undefined): Observed[] {
  if (!isDeletion(event)) return [];
  return Object.entries(label?.tasks ?? {}).flatMap(([since, key]) => {
    const end = deletionOf(label, since);
    if (!end || end.until !== lifeOf(event.sequence)) return [];
    const labels = { [labelName(event.subject ?? '', since)]: { since, gone: end.at } };
    return [{ ...taskAt(key), told: { labels } }];
  });
}
