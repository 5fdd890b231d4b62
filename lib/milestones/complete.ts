import type { AnyEvent } from '../consume/event';
import type { Alongside } from './alongside';
import { type Completable, type Completion, type Told, tell } from './completion';
import { turnOf } from './counting';
import { type DerivedEvent, deriveEvent } from './derived-event';
import { inBatches } from './in-batches';
import { update } from './items';
import { goneIn, hasLabel, withGone, withLabel } from './label-lives';
import { type ObservedProject, type ObservedTask, projectIn, tasksIn } from './observe-event';
import type { MilestonePorts } from './ports';
import { projectOf, type Rule } from './rule';
import { type Scope, scopeName } from './scope';
import { type Subject, subjectOf } from './subject';
import { textOf, type WriteScopes } from './write-scopes';

/** The most events that one write of an item tells of. */
const MAX_BATCH = 25;

/** An event, and what it tells. */
interface Telling<T> {
  readonly event: AnyEvent;
  readonly observed: T;
}

export interface CompletionSettings {
  readonly rules: readonly Rule[];
  readonly schemaBase: string;
}

/**
 * Finds completions. Each item keeps what was observed in order of time, and the events that completed it: a retry of such
 * an event publishes its completions again.
 */
export function completions(
  writeScopes: WriteScopes,
  { items, publish }: Pick<MilestonePorts, 'items' | 'publish'>,
  { rules, schemaBase }: CompletionSettings,
) {
  const tasksInTurn = inBatches(tellTasks, MAX_BATCH);
  const projectsInTurn = inBatches(tellProjects, MAX_BATCH);

  /** @param tellings of one task */
  async function tellTasks(
    tellings: readonly Telling<ObservedTask>[],
  ): Promise<Completable | undefined> {
    const [{ observed }] = tellings as [Telling<ObservedTask>];
    return update<Completable>(items, observed.key, (before) => tellEach(before, tellings));
  }

  /** @returns by the names of the projects' scopes */
  async function tellProjects(
    tellings: readonly Telling<ObservedProject>[],
  ): Promise<ReadonlyMap<string, Completable | undefined>> {
    const scopes = new Map(tellings.map(({ observed: { scope } }) => [scopeName(scope), scope]));
    const states = await writeScopes([...scopes.values()] as [Scope], {
      subjects: [],
      isLazy: true,
      make(scope, before) {
        const own = tellings.filter(
          ({ observed }) => scopeName(observed.scope) === scopeName(scope),
        );
        const completion = tellEach(before.completion, own);
        return completion === before.completion ? undefined : { ...before, completion };
      },
    });
    return new Map([...scopes.keys()].map((name, index) => [name, states[index]?.completion]));
  }

  /** @returns the completions that the event has caused, also if it was handled before */
  async function tellTask(event: AnyEvent, observed: ObservedTask): Promise<DerivedEvent[]> {
    const state = await tasksInTurn(textOf(observed.key), { event, observed });
    return causedBy(event, state).map((completion) => {
      const { about, created } = observed;
      const facts = factsOf(event, observed.subject, completion, created);
      const data = { ...dataOf(event, completion), ...about };
      return deriveEvent({ ...facts, topic: 'task.completed', data }, schemaBase);
    });
  }

  async function tellProject(event: AnyEvent, observed: ObservedProject): Promise<DerivedEvent[]> {
    const { scope, subject } = observed;
    const states = await projectsInTurn(turnOf(rules, scope), { event, observed });
    return causedBy(event, states.get(scopeName(scope))).map((completion) => {
      const data = { ...dataOf(event, completion), tasks: completion.done };
      const facts = factsOf(event, subject, completion, '');
      return deriveEvent({ ...facts, topic: 'project.completed', data }, schemaBase);
    });
  }

  return {
    /** The facts of an event that can be written with its counting: they need no write of their own. */
    alongside: (event: AnyEvent): Alongside => ({
      subject: withLabel(event),
      project: projectAlongside(event),
    }),

    async complete(event: AnyEvent): Promise<void> {
      const label = hasLabel(event)
        ? await update<Subject>(items, subjectOf(event).key, withLabel(event))
        : undefined;
      const tasks = [
        ...tasksIn(event).map((each) => withGone(each, event, label)),
        ...goneIn(event, label),
      ];
      const project = projectIn(event);
      const found = await Promise.all([
        ...tasks.map((observed) => tellTask(event, observed)),
        ...(project ? [tellProject(event, project)] : []),
      ]);
      if (found.some(({ length }) => length > 0)) await publish(found.flat());
    },
  };
}

const tellEach = (
  before: Completable | undefined,
  tellings: readonly Telling<{ readonly told: Told }>[],
) => tellings.reduce((so, { event, observed: { told } }) => tell(so, event, told), before);

const causedBy = ({ id }: AnyEvent, state: Completable | undefined): readonly Completion[] =>
  (state?.recent ?? []).filter(({ cause }) => cause === id);

/** The facts of the event of a completion, except its topic and data. */
const factsOf = (
  event: AnyEvent,
  subject: string,
  { number, at }: Completion,
  created: string,
) => ({
  source: event.source.slice(1),
  project: projectOf(event)?.id,
  subject: `${subject}/completion`,
  number: [created, number],
  time: at,
  recordedtime: event.recordedtime,
  recovered: event.recovered,
});

function dataOf(event: AnyEvent, { at }: Completion) {
  const { id, name } = projectOf(event) ?? {};
  const project = id === undefined ? {} : { project: { id, name } };
  return { platform: event.data.platform, ...project, completedAt: at };
}

function projectAlongside(event: AnyEvent): Alongside['project'] {
  const observed = projectIn(event);
  return (
    observed && {
      scope: observed.scope,
      add: (completion) => tell(completion, event, observed.told),
    }
  );
}
