import type { AnyEvent } from '../consume/event';
import { microseconds } from '../events/timestamp';
import { forget, type History, type Observation, observe, stepsOf } from './history';

/** A step to done. */
export interface Completion {
  /** From 1, in the order in which they were found. */
  readonly number: number;
  readonly at: string;
  readonly done: number;
  /** The id of the event that told of it. */
  readonly cause: string;
}

/** The state of something that can be done: a task, a data row, or a project. */
export interface Completable {
  readonly history: History;
  /** The number of completions, and the last ones. */
  readonly completed: number;
  readonly recent: readonly Completion[];
  /** A task: its labels, by id and the time since when they are there. */
  readonly labels?: Readonly<Record<string, TaskLabel>>;
  /** When the newest label that was forgotten was gone. Deletions before that come too late. */
  readonly goneBy?: string;
  /** A task: how many different annotators it needs, and when that was so. */
  readonly overlap?: readonly [at: string, number: number];
}

export interface TaskLabel {
  /** The id of its annotator, once an event told of it. */
  readonly by?: string;
  /** Both with six fraction digits. `gone` is when its deletion was received. */
  readonly since: string;
  readonly gone?: string;
}

/** Facts that an event tells of something that can be done. */
export interface Told extends Pick<Completable, 'labels' | 'overlap'> {
  readonly observation?: Observation;
}

/** A retry finds the completions of its event among so many. */
const MAX_RECENT = 50;
/** The most labels of a task that are remembered. One is about 150 bytes. */
const MAX_LABELS = 200;

const NOTHING: Completable = { history: { seen: [] }, completed: 0, recent: [] };

/** Adds what an event tells. @returns the same state if it tells nothing new */
export function tell(
  before: Completable | undefined,
  { id }: Pick<AnyEvent, 'id'>,
  { observation, labels, overlap }: Told,
): Completable | undefined {
  const old = before ?? NOTHING;
  const history = observation ? observe(old.history, observation) : old.history;
  const merged = mergeLabels(old.labels, labels);
  const isNewer = overlap && (!old.overlap || old.overlap[0] < overlap[0]);
  if (history === old.history && merged === old.labels && !isNewer) return before;
  const told: Completable = {
    ...old,
    history,
    ...(merged && { labels: merged }),
    ...(isNewer && { overlap }),
  };
  // A late event may add a completion, and takes none back. It may also move a step: then the other one was published.
  const steps = allSteps(told);
  const added = Math.max(0, steps.number - allSteps(old).number);
  const known = new Set(old.recent.map(({ at }) => microseconds(at)));
  const found = steps.steps.filter(([at]) => !known.has(microseconds(at)));
  const completions = found.slice(Math.max(0, found.length - added)).map(
    ([at, done], index): Completion => ({
      number: old.completed + index + 1,
      at,
      done,
      cause: id,
    }),
  );
  return bounded({
    ...told,
    completed: old.completed + completions.length,
    recent: [...old.recent, ...completions].slice(-MAX_RECENT),
  });
}

const allSteps = (state: Completable) => stepsOf(state.history, deletionsIn(state));

/** A label that is gone reopens its task, if the labels that are left then have too few annotators. */
function deletionsIn(
  { labels = {}, overlap = ['', 1], goneBy = '' }: Completable,
  deleted = Object.values(labels),
): Observation[] {
  const all = Object.values(labels);
  const isReopened = (gone: string): boolean => {
    const left = new Set<string | undefined>();
    for (const each of all) {
      if (each.since <= gone && endOf(each) > gone) left.add(each.by);
      if (left.size >= overlap[1]) return false;
    }
    return left.size < overlap[1];
  };
  const times = new Set(deleted.map(({ gone }) => gone).filter((gone) => gone !== undefined));
  return [...times]
    .filter((gone) => gone >= goneBy && isReopened(gone))
    .map((gone): Observation => [gone, 0]);
}

/** Forgets what is too much for an item. */
function bounded(state: Completable): Completable {
  const kept = forgetLabels(state);
  const history = forget(kept.history, deletionsIn(kept));
  return history === kept.history ? kept : { ...kept, history };
}

/**
 * Forgets the labels that were gone first: they are not left at any later deletion. An observation stays of each deletion
 * that reopened the task. If more are there than are remembered, forgets the oldest.
 */
function forgetLabels(state: Completable): Completable {
  const all = Object.entries(state.labels ?? {});
  const surplus = all.length - MAX_LABELS;
  if (surplus <= 0) return state;
  const rank = (label: TaskLabel): string => endOf(label) + label.since;
  all.sort(([, one], [, other]) => (rank(one) < rank(other) ? -1 : 1));
  const forgotten = all.slice(0, surplus).map(([, label]) => label);
  const goneBy = [state.goneBy, ...forgotten.map(({ gone }) => gone)]
    .filter((time) => time !== undefined)
    .sort()
    .at(-1);
  return {
    ...state,
    history: deletionsIn(state, forgotten).reduce(observe, state.history),
    labels: Object.fromEntries(all.slice(surplus)),
    ...(goneBy && { goneBy }),
  };
}

const endOf = ({ gone = LAST }: TaskLabel): string => gone;

/** After every time. */
const LAST = '~';

/** @returns the same labels if nothing is new */
function mergeLabels(
  old: Completable['labels'],
  told: Completable['labels'] = {},
): Completable['labels'] {
  const changed = Object.entries(told).flatMap(([key, label]) => {
    const known = old?.[key];
    // An empty id is that of nobody known.
    const by = known?.by || (label.by ?? known?.by);
    const gone = [known?.gone, label.gone].filter((each) => each !== undefined).sort()[0];
    const isSame = known && known.by === by && known.gone === gone;
    return isSame ? [] : [[key, { since: label.since, by, gone }] as const];
  });
  return changed.length === 0 ? old : { ...old, ...Object.fromEntries(changed) };
}
