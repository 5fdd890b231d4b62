import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dynamoMilestones } from '../../lib/aws/dynamodb/dynamo-milestones';
import type { Items } from '../../lib/milestones/items';
import { memoryMilestones } from '../../lib/milestones/memory-milestones';
import { milestonesWorker } from '../../lib/milestones/milestones-worker';
import { readEpochs } from '../../lib/milestones/read-epochs';
import type { Rule } from '../../lib/milestones/rule';
import { buildEvent } from '../../lib/testing/build-event';
import { startTables } from '../support/dynamo';

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => tables.stop());

const at = (second: number): string =>
  new Date(Date.parse('2026-01-01T00:00:00Z') + second * 1_000).toISOString();
const micro = (second: number): string => at(second).replace('Z', '000Z');

interface Told {
  readonly task?: number;
  readonly labeled?: boolean;
  readonly finished?: number;
  readonly project?: string;
}

/** An event about an annotation as Label Studio tells it: with its task, and the counts of its project. */
const annotation = (
  topic: 'label.created' | 'label.updated',
  id: number,
  second: number,
  { task = id, labeled = false, finished = 0, project = '1' }: Told = {},
) =>
  buildEvent(
    topic,
    {
      platform: 'label-studio',
      project: { id: project, counts: { tasks: 99, finishedTasks: finished } } as never,
      dataRow: { id: String(task), createdAt: at(0), updatedAt: at(second), overlap: 1, labeled },
      labels: [{ id: String(id), createdBy: { id: 'ann' } }],
    },
    {
      id: `${id} ${second}`,
      source: '/label-studio',
      subject: `label/${id}`,
      time: at(second),
      sequence: `${micro(0)}/${micro(second)}-${topic === 'label.created' ? 0 : 1}`,
      recordedtime: at(second),
    },
  );

const deletion = (id: number, second: number) =>
  buildEvent(
    'label.deleted',
    {
      platform: 'label-studio',
      project: { id: '1' },
      labels: [{ id: String(id), deleted: true }],
    },
    {
      source: '/label-studio',
      subject: `label/${id}`,
      time: at(second),
      sequence: `${micro(second)}/9999-12-31T23:59:59.999999Z-2`,
      recordedtime: at(second),
    },
  );

const rule = (some: Partial<Rule>): Rule => ({
  name: 'retrain',
  on: ['label.created', 'label.updated', 'label.deleted'],
  by: 'project',
  ...some,
});

describe.each<[string, () => Promise<Items>]>([
  ['in memory', async () => memoryMilestones()],
  ['in DynamoDB', async () => dynamoMilestones(await tables.create('key', 'item'))],
])('the writes of an event %s', (_, make) => {
  /** A worker, and the writes that its events tried: one that is refused costs as much. */
  async function open(rules: readonly Rule[], completion = true, maxLength?: number) {
    const items = await make();
    const published: string[] = [];
    let writes = 0;
    const worker = milestonesWorker(
      {
        items: {
          ...items,
          put(...args) {
            writes++;
            return items.put(...args);
          },
        },
        publish: async (events) =>
          void published.push(...events.map(({ subject = '' }) => subject)),
        ask: async () => {},
      },
      { rules, completion, schemaBase: 'urn:x', maxLength, now: () => Date.parse(at(1_000)) },
    );
    const play = async (...events: object[]): Promise<number> => {
      const before = writes;
      await Promise.all(events.map((event) => worker(JSON.stringify(event))));
      return writes - before;
    };
    // The first change of a source with a rule by source also makes the item of the source.
    await play(annotation('label.created', 1, 1));
    const changed = async (): Promise<(number | undefined)[]> =>
      (await readEpochs(items, rules)).map(({ epoch }) => epoch?.subjects);
    return { play, published, changed };
  }

  test('three for an annotation that counts: created, updated, done, firing, and deleted', async () => {
    const { play, published } = await open([rule({ count: 2, quietMs: 60_000 })]);
    // The project with the epoch, the label with its mark and its task, and the task.
    expect(await play(annotation('label.created', 2, 2))).toBe(3);
    expect(published).toEqual(['milestone/retrain/project/1']);
    expect(await play(annotation('label.updated', 2, 3))).toBe(3);
    const done = annotation('label.updated', 2, 4, { labeled: true, finished: 99 });
    expect(await play(done)).toBe(3);
    expect(published.slice(1).sort()).toEqual(['project/1/completion', 'task/2/completion']);
    const deleted = deletion(2, 5);
    expect(await play(deleted)).toBe(3);
    expect(await play(done, deleted)).toBe(0);
  });

  test('no more for many rules', async () => {
    const rules = Array.from({ length: 5 }, (_, index) =>
      rule({ name: `rule-${index}`, count: 2 + index }),
    );
    const { play, published } = await open(rules);
    expect(await play(annotation('label.created', 2, 2))).toBe(3);
    expect(await play(annotation('label.created', 3, 3))).toBe(3);
    expect(published.sort()).toEqual([0, 1].map((index) => `milestone/rule-${index}/project/1`));
  });

  test('three with rules by source, and with rules of both kinds, of several projects', async () => {
    const bySource = rule({ name: 'all', by: 'source', count: 2 });
    for (const rules of [[bySource], [bySource, rule({ count: 2 })]]) {
      const { play, published } = await open(rules);
      // The source with the counts of the project, the label, and the task.
      expect(await play(annotation('label.created', 2, 2))).toBe(3);
      expect(await play(annotation('label.created', 3, 3, { project: '2' }))).toBe(3);
      expect(await play(annotation('label.updated', 2, 4))).toBe(3);
      const done = annotation('label.updated', 2, 5, { labeled: true, finished: 99 });
      expect(await play(done)).toBe(3);
      expect(published).toContain('milestone/all');
      expect(published).toContain('project/1/completion');
      const deleted = deletion(2, 6);
      expect(await play(deleted)).toBe(3);
      expect(await play(done, deleted)).toBe(0);
      // 10 labels, 10 tasks, and the source.
      const ten = Array.from({ length: 10 }, (_, index) =>
        annotation('label.created', 10 + index, 10 + index, { project: String(index % 3) }),
      );
      expect(await play(...ten)).toBe(21);
    }
    // Without completions, the task has no item.
    const plain = await open([bySource, rule({ count: 2 })], false);
    expect(await plain.play(annotation('label.created', 2, 2))).toBe(2);
  });

  test('one more for each project that no longer fits into the item of its source', async () => {
    const rules = [rule({ name: 'all', by: 'source', count: 9 }), rule({ count: 3 })];
    const { play, published, changed } = await open(rules, true, 0);
    expect(await play(annotation('label.created', 2, 2, { project: '2' }))).toBe(4);
    expect(await play(annotation('label.created', 3, 3))).toBe(4);
    expect(await play(annotation('label.created', 4, 4))).toBe(3);
    expect(published).toEqual(['milestone/retrain/project/1']);
    // Four of the source, none of the project that fired, one of the other.
    expect(await changed()).toEqual([4, 0, 1]);
  });

  test('three for the first change of a project', async () => {
    const { play } = await open([rule({ count: 2 })]);
    expect(await play(annotation('label.created', 2, 2, { project: '2' }))).toBe(3);
  });

  test('a hundred rules with the longest ids fit into the items of 25 changes at once', async () => {
    const rules = Array.from({ length: 100 }, (_, index) =>
      rule({ name: `rule-${index}`, count: 1 }),
    );
    const { play, published } = await open(rules, false);
    expect(published).toHaveLength(100);
    const [project, row] = ['p'.repeat(256), 'r'.repeat(253)];
    const changes = Array.from({ length: 25 }, (_, index) =>
      buildEvent(
        'label.updated',
        { project: { id: project }, dataRow: { id: row + index }, labels: [] },
        {
          id: `row ${index}`,
          subject: `project/${project}/data-row/${row}${index}/labels`,
          sequence: `${micro(1)}/${micro(1)}-1`,
        },
      ),
    );
    await play(...changes);
    expect(published).toHaveLength(100 + 25 * 100);
  });

  test('21 for ten annotations of ten tasks at once', async () => {
    const { play } = await open([rule({ count: 500 })]);
    const ten = Array.from({ length: 10 }, (_, index) =>
      annotation('label.created', 10 + index, 10 + index),
    );
    // 10 labels, 10 tasks, and the project.
    expect(await play(...ten)).toBe(21);
  });

  test('none for an event that no rule knows, and two without completions', async () => {
    const { play } = await open([rule({ on: ['label.created'], count: 500 })], false);
    expect(await play(annotation('label.created', 2, 2))).toBe(2);
    expect(await play(annotation('label.updated', 2, 3))).toBe(0);
    expect(await play(annotation('label.created', 2, 2))).toBe(0);
  });
});
