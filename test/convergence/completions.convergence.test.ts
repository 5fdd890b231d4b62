import { beforeAll, expect, test } from '@jest/globals';
import { dynamoMilestones } from '../../lib/aws/dynamodb/dynamo-milestones';
import type { AnyEvent } from '../../lib/consume/event';
import type { Items } from '../../lib/milestones/items';
import { memoryMilestones } from '../../lib/milestones/memory-milestones';
import type { Rule } from '../../lib/milestones/rule';
import { buildEvent } from '../../lib/testing/build-event';
import type { Random } from '../fuzz/random';
import { createTable } from '../support/dynamo';
import { innerDynamo } from '../support/inner-dynamo';
import { lengthOf, playEach } from './play-each';
import { playMilestones } from './rehearse-milestones';

const ON_SERVER = process.env.PROPERTY_RUNS ? 10_000 : 500;
const IN_MEMORY = process.env.PROPERTY_RUNS ? 10_000 : 50;

let onServer: Items;
beforeAll(async () => {
  onServer = dynamoMilestones(await createTable(innerDynamo(), 'key', 'item'));
});

const rule = (by: Rule['by']): Rule => ({
  name: by,
  on: ['label.created', 'task.created'],
  by,
  count: 2,
});

/** A rule by project writes into the item that has the project's completion. */
const RULES = [[], [rule('project')], [rule('source')], [rule('source'), rule('project')]];

const time = (ms: number): string =>
  new Date(Date.parse('2026-01-01T00:00:00Z') + ms).toISOString();
const micro = (ms: number): string => time(ms).replace('Z', '000Z');

interface Annotation {
  readonly id: number;
  readonly by: string;
}

/** A task of one life, and its annotations now. */
class Task {
  readonly annotations: Annotation[] = [];

  constructor(
    readonly id: string,
    readonly createdAt: number,
    readonly overlap: number,
  ) {}

  get isDone(): boolean {
    return new Set(this.annotations.map(({ by }) => by)).size >= this.overlap;
  }
}

/**
 * A project of Label Studio with one or two tasks, whose ids are given again. Expected are the steps to done of everything,
 * as Label Studio itself would count them: of a task by its different annotators, of the project by its tasks.
 */
class Studio {
  readonly events: AnyEvent[] = [];
  /** The times at which each subject became done. */
  readonly expected: Record<string, string[]> = {};
  readonly #tasks: (Task | undefined)[];
  readonly #wasDone = new Map<string, boolean>();
  #ms = 0;
  #ids = 0;

  constructor(
    readonly random: Random,
    readonly source: string,
    readonly deletes: boolean,
  ) {
    this.#tasks = Array.from({ length: 1 + random.below(2) }, () => undefined);
  }

  act(): void {
    const { random } = this;
    this.#ms += 100;
    const index = random.below(this.#tasks.length);
    const task = this.#tasks[index];
    if (!task) this.#create(index);
    else if (random.chance(0.1)) this.#remove(index);
    else if (this.deletes && task.annotations.length > 0 && random.chance(0.4)) this.#delete(task);
    else this.#annotate(task);
  }

  #create(index: number): void {
    const task = new Task(String(index), this.#ms, 1 + this.random.below(2));
    this.#tasks[index] = task;
    this.#tell('task.created', `task/${index}`, {
      task: { id: task.id, createdAt: time(this.#ms), updatedAt: time(this.#ms), labeled: false },
    });
    this.#note(`task/${index}`, task.createdAt, false);
  }

  #remove(index: number): void {
    this.#tasks[index] = undefined;
    this.#tell('task.deleted', `task/${index}`, {});
  }

  #annotate(task: Task): void {
    const by = this.random.pick(['ann', 'bob', 'cid']);
    const id = ++this.#ids;
    task.annotations.push({ id, by });
    const { isDone, overlap } = task;
    const dataRow = { ...this.#row(task), labeled: isDone, overlap };
    this.#tell('label.created', `label/${id}`, {
      dataRow,
      labels: [{ id: String(id), createdBy: { id: by } }],
    });
    this.#note(`task/${task.id}`, task.createdAt, isDone);
  }

  #delete(task: Task): void {
    const [gone] = task.annotations.splice(this.random.below(task.annotations.length), 1);
    this.#tell('label.deleted', `label/${gone?.id}`, {
      labels: [{ id: String(gone?.id), deleted: true }],
    });
    // Nobody tells of a task that is done nevertheless.
    if (!task.isDone) this.#note(`task/${task.id}`, task.createdAt, false);
  }

  readonly #row = (task: Task) => ({
    id: task.id,
    createdAt: time(task.createdAt),
    updatedAt: time(this.#ms),
  });

  #tell(
    topic: 'task.created' | 'task.deleted' | 'label.created' | 'label.deleted',
    subject: string,
    data: object,
  ) {
    const all = this.#tasks.filter((task) => task !== undefined);
    const counts = { tasks: all.length, finishedTasks: all.filter(({ isDone }) => isDone).length };
    const isGone = topic.endsWith('deleted');
    const version = isGone ? '9999-12-31T23:59:59.999999Z-2' : `${micro(this.#ms)}-0`;
    this.events.push(
      buildEvent(
        topic,
        { platform: 'label-studio', project: { id: '1', counts }, ...data } as never,
        {
          source: `/${this.source}`,
          subject,
          time: time(this.#ms),
          sequence: `${micro(this.#ms)}/${version}`,
          recordedtime: time(this.#ms),
        } as never,
      ) as AnyEvent,
    );
    this.#note('project/1', 0, counts.tasks > 0 && counts.tasks === counts.finishedTasks);
  }

  #note(subject: string, life: number, isDone: boolean): void {
    const key = `${subject} ${life}`;
    if (isDone && !this.#wasDone.get(key)) {
      const times = this.expected[`${subject}/completion`] ?? [];
      this.expected[`${subject}/completion`] = [...times, time(this.#ms)];
    }
    this.#wasDone.set(key, isDone);
  }
}

/** By id: how often it was published makes no difference. */
async function playStudio(studio: Studio, items: Items, inOrder: boolean, crash: number) {
  const { random, events } = studio;
  const history = inOrder ? events : random.shuffle(events);
  const [rules, maxLength] = [random.pick(RULES), random.pick([undefined, 0])];
  const play = { random, rulesOf: () => rules, completion: true, crash, inOrder, maxLength };
  const { published } = await playMilestones(history, items, play);
  const found: Record<string, string[]> = {};
  for (const event of new Map(published.map((each) => [each.id, each])).values()) {
    if (event.type === 'labelrelay.milestone.reached') continue;
    const subject = event.subject ?? '';
    const { completedAt } = event.data as { completedAt: string };
    found[subject] = [...(found[subject] ?? []), completedAt].sort();
  }
  return found;
}

const playAll = (count: number, itemsOf: () => Items, where: string): Promise<void> =>
  playEach(count, `completions ${where}: histories`, async (random, index) => {
    const deletes = random.chance(0.5);
    const studio = new Studio(random, `s-${index}`, deletes);
    for (let left = lengthOf(random, 8); left > 0; left--) studio.act();
    // A deletion tells nothing of its task: in disorder, the task may seem reopened for a while.
    const found = await playStudio(studio, itemsOf(), deletes, random.pick([0, 0.02, 0.1]));
    const counts = (all: Record<string, string[]>) =>
      Object.fromEntries(Object.entries(all).map(([subject, times]) => [subject, times.length]));
    if (deletes) expect(found).toEqual(studio.expected);
    else expect(counts(found)).toEqual(counts(studio.expected));
  });

test('completions in memory are those of the model', async () => {
  await playAll(IN_MEMORY, memoryMilestones, 'in memory');
}, 3_600_000);

test('completions on a DynamoDB server are those of the model', async () => {
  await playAll(ON_SERVER, () => onServer, 'on a DynamoDB server');
}, 7_200_000);
