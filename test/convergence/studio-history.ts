import type { AnyEvent } from '../../lib/consume/event';
import { labelStudio } from '../../lib/platforms/label-studio/label-studio';
import type { Random } from '../fuzz/random';
import { toEvents } from './to-events';

const START = Date.parse('2026-01-01T00:00:00.000Z');
/** By how much the clock of Label Studio is wrong at most, in milliseconds like all times here. */
const MAX_SKEW = 4_000;
/** How long a delivery takes that is not late, at most. */
const MAX_DELAY = 20;

type Kind = 'label' | 'task' | 'project';

/** An object with an id, from its creation to its deletion. */
interface Thing {
  readonly kind: Kind;
  readonly id: number;
  readonly above: Thing | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The changes, and their deliveries. */
interface ReadShape {
  readonly thing: Thing;
  readonly isDeletion: boolean;
  readonly at: number;
}

/** The expected final state of a label, task or project: its last update, or its deletion. */
export type Fate = string | 'gone';

export interface StudioHistory {
  readonly events: AnyEvent[];
  /** By `<source>/<subject>`, by the events of that subject alone. */
  readonly fates: Readonly<Record<string, Fate>>;
  /** The same of labels, which go along with their task and project. */
  readonly labels: Readonly<Record<string, Fate>>;
}

/**
 * A random history of a project, two tasks and three labels of Label Studio, whose ids are reused.
 * Its clock is wrong by up to four seconds. It tells of no label when a task or project is deleted.
 *
 * In half of the histories deliveries get lost, come twice and late; an id rests for longer than the
 * clocks differ, and everything lives for longer than that before it changes. In the other half a script gives ids again
 * within a second, by a clock that is not behind, and nothing is late.
 */
export function makeStudioHistory(random: Random, source: string): StudioHistory {
  const studio = new Studio(random, source, random.chance(0.5));
  for (let left = 3 + random.below(12); left > 0; left--) studio.act();
  const { told, written } = studio;
  const fateOf = ({ thing, isDeletion }: ReadShape): Fate =>
    isDeletion ? 'gone' : written(thing.updatedAt);
  const keyed = (list: readonly ReadShape[], fate: (told: ReadShape) => Fate) =>
    Object.fromEntries(list.map((each) => [`/${source}/${keyOf(each.thing)}`, fate(each)]));
  return {
    events: random.shuffle(studio.events),
    fates: keyed(told, fateOf),
    labels: keyed(
      told.filter(({ thing }) => thing.kind === 'label'),
      (each) => (isDeletedWithParent(each.thing, told) ? 'gone' : fateOf(each)),
    ),
  };
}

const keyOf = ({ kind, id }: Pick<Thing, 'kind' | 'id'>): string => `${kind}/${id}`;

/** Whether something above was deleted after it was created. */
const isDeletedWithParent = ({ above, createdAt }: Thing, told: readonly ReadShape[]): boolean =>
  above !== undefined &&
  (told.some(
    ({ thing, isDeletion, at }) => isDeletion && at > createdAt && keyOf(thing) === keyOf(above),
  ) ||
    isDeletedWithParent({ ...above, createdAt }, told));

class Studio {
  readonly events: AnyEvent[] = [];
  readonly told: ReadShape[] = [];
  readonly #alive = new Map<string, Thing>();
  /** When an id may be given again. */
  readonly #rests = new Map<string, number>();
  readonly #skew: number;
  /** How long everything lives before it changes, and every id rests. */
  readonly #least: number;
  readonly #tellsTaskTimes: boolean;
  #now = 0;

  constructor(
    readonly random: Random,
    readonly source: string,
    readonly isScript: boolean,
  ) {
    const skew = random.below(MAX_SKEW + 1);
    this.#skew = skew * random.pick(isScript ? [0, 1] : [-1, 0, 1]);
    this.#least = isScript ? 0 : Math.abs(this.#skew) + MAX_DELAY + 1;
    this.#tellsTaskTimes = random.chance(0.5);
  }

  readonly written = (at: number): string =>
    new Date(START + at + this.#skew).toISOString().replace('Z', '123Z');

  /** Something happens, or nothing does. */
  act(): void {
    const { random } = this;
    this.#now += 1 + random.below(random.pick([20, 500, 2 * this.#least + 1]));
    const [task, label] = [1 + random.below(2), 1 + random.below(3)];
    const project = this.#find('project', 1);
    const found = { task: this.#find('task', task), label: this.#find('label', label) };
    if (!project) this.#create('project', 1);
    else if (!found.task) this.#create('task', task, project);
    else if (!found.label) this.#create('label', label, found.task);
    else if (random.chance(0.4)) this.#update(found.label);
    else this.#delete(random.pick([project, found.task, found.task, found.label, found.label]));
  }

  readonly #find = (kind: Kind, id: number): Thing | undefined =>
    this.#alive.get(keyOf({ kind, id }));

  #create(kind: Kind, id: number, above?: Thing): void {
    if ((this.#rests.get(keyOf({ kind, id })) ?? 0) > this.#now) return;
    const at = this.#now;
    const thing: Thing = { kind, id, above, createdAt: at, updatedAt: at };
    this.#alive.set(keyOf(thing), thing);
    this.#tell(thing, `${kind === 'task' ? 'TASKS' : NAMES[kind]}_CREATED`, this.#bodyOf(thing));
  }

  #update(label: Thing): void {
    if (!this.#isOldEnough(label)) return;
    const thing = { ...label, updatedAt: this.#now };
    this.#alive.set(keyOf(thing), thing);
    this.#tell(thing, 'ANNOTATION_UPDATED', this.#bodyOf(thing));
  }

  #bodyOf(thing: Thing): object {
    const { kind, id, above } = thing;
    const times = ({ createdAt, updatedAt }: Thing): object => ({
      created_at: this.written(createdAt),
      updated_at: this.written(updatedAt),
    });
    const project = { id: 1 };
    if (kind === 'project') return { project: { id, ...times(thing) } };
    if (kind === 'task') return { tasks: [{ id, data: {}, ...times(thing) }], project };
    const annotation = { id, task: above?.id, result: [], ...times(thing) };
    const task = { id: above?.id, data: {}, ...(above && this.#tellsTaskTimes && times(above)) };
    return { annotation, task, project };
  }

  #delete(thing: Thing): void {
    if (!this.#isOldEnough(thing)) return;
    this.#remove(thing);
    const { kind, id } = thing;
    const name = kind === 'project' ? 'PROJECT' : `${NAMES[kind]}S`;
    const payload = kind === 'project' ? { id } : [{ id }];
    this.#tell(thing, `${name}_DELETED`, { [name.toLowerCase()]: payload }, true);
  }

  #below(thing: Thing): Thing[] {
    return [...this.#alive.values()].filter(({ above }) => above && keyOf(above) === keyOf(thing));
  }

  #isOldEnough(thing: Thing): boolean {
    const age = this.#now - thing.createdAt;
    return age >= this.#least && this.#below(thing).every((each) => this.#isOldEnough(each));
  }

  #remove(thing: Thing): void {
    this.#alive.delete(keyOf(thing));
    this.#rests.set(keyOf(thing), this.#now + this.#least);
    for (const each of this.#below(thing)) this.#remove(each);
  }

  #tell(thing: Thing, action: string, payload: object, isDeletion = false): void {
    const { random, source, isScript } = this;
    const at = this.#now;
    const mayBeLate = !isScript && !isDeletion;
    for (let copies = isScript ? 1 : random.pick([0, 1, 1, 1, 1, 1, 2]); copies > 0; copies--) {
      const delay = 1 + random.below(random.pick(mayBeLate ? [MAX_DELAY, 60_000] : [MAX_DELAY]));
      const delivered = {
        body: { action, ...payload },
        receiptId: String(random.next()),
        receivedAt: START + at + delay,
      };
      this.events.push(...toEvents(source, labelStudio, delivered));
      this.told.push({ thing, isDeletion, at });
      // A script waits for the answer, and Label Studio answers after its delivery.
      if (isScript) this.#now = at + delay;
    }
  }
}

const NAMES = { label: 'ANNOTATION', task: 'TASK', project: 'PROJECT' } as const;
