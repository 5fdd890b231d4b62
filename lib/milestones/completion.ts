import type { AnyEvent } from '../consume/event';
import { microseconds } from '../events/timestamp';
import { type History, type Observation, observe, stepsOf } from './history';

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
  return {
    ...told,
    completed: old.completed + completions.length,
    recent: [...old.recent, ...completions].slice(-MAX_RECENT),
  };
}

const allSteps = (state: Completable) => stepsOf(state.history, deletionsIn(state));

/** A label that is gone reopens its task, if the labels that are left then have too few annotators. */
function deletionsIn({ labels = {}, overlap = ['', 1] }: Completable): Observation[] {
  const all = Object.values(labels);
  return all.flatMap(({ gone }) => {
    if (gone === undefined) return [];
    const left = all.filter((each) => each.since <= gone && (each.gone ?? LAST) > gone);
    return new Set(left.map(({ by }) => by)).size < overlap[1] ? [[gone, 0] as const] : [];
  });
}

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
