import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { AnyEvent } from '../../../lib/consume/event';
import { Poison } from '../../../lib/consume/poison';
import { Wait } from '../../../lib/consume/wait';
import { askBody } from '../../../lib/milestones/ask';
import type { DerivedEvent } from '../../../lib/milestones/derived-event';
import { memoryMilestones } from '../../../lib/milestones/memory-milestones';
import { milestonesWorker } from '../../../lib/milestones/milestones-worker';
import type { Ask } from '../../../lib/milestones/ports';
import type { Rule } from '../../../lib/milestones/rule';
import { buildEvent } from '../../../lib/testing/build-event';

const START = Date.parse('2026-01-01T00:00:00.000Z');
const time = (ms: number): string => new Date(START + ms).toISOString();
const micro = (ms: number): string => time(ms).replace('Z', '000Z');
const rule = (some: Partial<Rule>): Rule => ({
  name: 'retrain',
  on: ['label.created', 'label.updated'],
  by: 'project',
  ...some,
});

/** An item stays below this: about 135 bytes for each of 200 labels, 32 for 200 observations, 150 for 50 completions. */
const MAX_BYTES = 45_000;

/** A worker in memory, by a clock that the test turns. */
function open(rules: readonly Rule[], { completion = true, publishMs = 0 } = {}) {
  let nowMs = START;
  let writes = 0;
  let largest = 0;
  const published: DerivedEvent[] = [];
  const asks: { ask: Ask; seconds: number }[] = [];
  const items = memoryMilestones();
  const worker = milestonesWorker(
    {
      items: {
        ...items,
        async put(...args) {
          writes++;
          largest = Math.max(largest, JSON.stringify(args[1]).length);
          return items.put(...args);
        },
      },
      publish: async (events) => {
        if (publishMs > 0) await setTimeout(publishMs);
        published.push(...events);
      },
      ask: async (ask, seconds) => void asks.push({ ask, seconds }),
    },
    { rules, completion, schemaBase: 'urn:x', now: () => nowMs },
  );
  return {
    published,
    asks,
    writes: () => writes,
    /** The length of the longest item, as JSON. */
    largest: () => largest,
    set: (ms: number) => {
      nowMs = START + ms;
    },
    play: (...events: object[]) =>
      Promise.all(events.map((event) => worker(JSON.stringify(event)))),
    ask: (ask: Ask) => worker(askBody(ask)),
    worker,
  };
}

const label = (id: string, ms = 0, more: Partial<AnyEvent> = {}) =>
  buildEvent(
    'label.updated',
    { project: { id: 'p' }, labels: [{ id }] },
    {
      // Two events of the same version are one.
      id: `${id} ${ms}`,
      subject: `label/${id}`,
      sequence: `${micro(ms)}-1`,
      recordedtime: time(ms),
      ...(more as object),
    },
  );
const labels = (count: number) => Array.from({ length: count }, (_, index) => label(String(index)));

describe('milestones', () => {
  test('5,000 labels fire ten times at 500, whatever is doubled', async () => {
    const { play, published } = open([rule({ count: 500 })]);
    const all = labels(5_000);
    await play(...all, ...all.slice(0, 1_000));
    // 5,000 / 500
    expect(published.map(({ data }) => data)).toMatchObject(
      Array.from({ length: 10 }, (_, index) => ({
        epoch: index + 1,
        subjects: 500,
        reason: 'count',
      })),
    );
    const times = published.map(({ sequence }) => sequence);
    expect([...times].sort()).toEqual(times);
    expect(new Set(times).size).toBe(10);
  });

  test('5,000 labels fire once when it is quiet, with one timer', async () => {
    const { play, published, asks, ask, set } = open([rule({ quietMs: 600_000 })]);
    await play(...labels(5_000));
    expect(asks).toEqual([
      { ask: { rule: 'retrain', source: 'labelbox', project: 'p', epoch: 1 }, seconds: 600 },
    ]);
    const [first] = asks;
    if (!first) throw new Error();
    set(599_000);
    const early = await ask(first.ask).catch((error) => error);
    expect(early).toBeInstanceOf(Wait);
    expect(early.seconds()).toBe(1);
    set(600_000);
    await ask(first.ask);
    await ask(first.ask);
    expect(published).toHaveLength(1);
    expect(published[0]).toMatchObject({
      type: 'labelrelay.milestone.reached',
      subject: 'milestone/retrain/project/p',
      sequence: `${micro(600_000)}-1`,
      source: '/labelbox',
      partitionkey: 'labelbox/p',
      data: {
        rule: 'retrain',
        reason: 'quiet',
        source: 'labelbox',
        project: { id: 'p' },
        subjects: 5_000,
        firstAt: time(0),
        lastAt: time(0),
        epoch: 1,
      },
    });
  });

  test('max ends an epoch that is never quiet, and a timer waits at most 900 seconds', async () => {
    const { play, published, asks, ask, set } = open([rule({ quietMs: 60_000, maxMs: 3_600_000 })]);
    for (let minute = 0; minute < 60; minute++) {
      set(minute * 59_000);
      await play(label(String(minute), minute * 59_000));
    }
    expect(asks).toEqual([expect.objectContaining({ seconds: 60 })]);
    // 59 minutes of 59 seconds are 3,481 seconds. Quiet would be at 3,541.
    const again = await ask({ ...(asks[0]?.ask as Ask) }).catch((error) => error.seconds());
    expect(again).toBe(60);
    set(3_600_000);
    await ask(asks[0]?.ask as Ask);
    expect(published[0]?.data).toMatchObject({ reason: 'quiet', subjects: 60 });
    const other = open([rule({ maxMs: 3_600_000 })]);
    await other.play(label('a'));
    expect(other.asks).toEqual([expect.objectContaining({ seconds: 900 })]);
    other.set(3_600_000);
    await other.ask(other.asks[0]?.ask as Ask);
    expect(other.published[0]?.data).toMatchObject({ reason: 'max', subjects: 1 });
  });

  test('a change after the end of an epoch with a late timer is in the next epoch', async () => {
    const { play, published, set } = open([rule({ quietMs: 10_000 })]);
    await play(label('a'));
    set(12_000);
    await play(label('b', 12_000));
    expect(published.map(({ data }) => data)).toMatchObject([
      { reason: 'quiet', subjects: 1, epoch: 1 },
    ]);
    // One that came in time, but was handled late, is in the epoch.
    set(30_000);
    await play(label('c', 15_000));
    expect(published).toHaveLength(1);
  });

  test('old versions, duplicates and deletions do not count, and a second change of a subject is no second subject', async () => {
    const { play, published } = open([rule({ count: 2 })], { completion: false });
    await play(label('a', 5));
    await play(label('a', 5), label('a', 4), label('a', 6));
    await play({ ...label('b'), type: 'labelrelay.label.deleted', sequence: `${micro(9)}-2` });
    expect(published).toHaveLength(0);
    await play(label('c', 1));
    expect(published.map(({ data }) => data)).toMatchObject([{ subjects: 2 }]);
    // In the next epoch the same subject is one again.
    await play(label('a', 7), label('a', 7), label('c', 8));
    expect(published).toHaveLength(2);
  });

  test('a first fill fires nothing, and missed events that are found later count', async () => {
    const { play, published, set } = open([rule({ count: 1 })]);
    set(1_000);
    await play({ ...label('a', 500), recovered: true, time: time(500) });
    expect(published).toHaveLength(0);
    // The webhook of it comes after all.
    await play(label('a', 500));
    expect(published).toHaveLength(1);
    await play({ ...label('b', 1_500), recovered: true, time: time(1_500) });
    expect(published).toHaveLength(2);
    await play({ ...label('b', 1_500), id: 'recovered-2', recovered: true, time: time(1_500) });
    expect(published).toHaveLength(2);
  });

  test('by source all projects count together, and a filter leaves others out', async () => {
    const { play, published } = open([
      rule({ by: 'source', count: 2 }),
      rule({ name: 'other', by: 'project', count: 1, project: 'q' }),
      rule({ name: 'third', by: 'source', count: 1, source: 'elsewhere' }),
    ]);
    const other = label('b');
    await play(label('a'), { ...other, data: { ...other.data, project: { id: 'q' } } });
    expect(published.map(({ subject }) => subject).sort()).toEqual([
      'milestone/other/project/q',
      'milestone/retrain',
    ]);
  });

  test('an event that counts costs two writes, one that no rule knows none', async () => {
    const { play, writes } = open([rule({ count: 500 })]);
    await play(label('a'));
    const begun = writes();
    await play(label('b'));
    expect(writes() - begun).toBe(2);
    await play(buildEvent('review.created', { project: { id: 'p' } }, { subject: 'review/1' }));
    await play(label('b'));
    expect(writes() - begun).toBe(2);
    // Ten at once: ten marks, and one epoch.
    await play(...labels(10));
    expect(writes() - begun).toBe(13);
  });

  test('a rule that was removed while it waited has a timer again once it is back', async () => {
    const rules = [rule({ quietMs: 3_600_000 })];
    const { play, published, asks, ask, set } = open(rules);
    await play(label('a'));
    const timer = asks[0]?.ask as Ask;
    const [kept] = rules.splice(0) as [Rule];
    set(900_000);
    expect(await ask(timer)).toBe('done');
    rules.push(kept);
    set(1_800_000);
    await play(label('b', 1_800_000), label('c', 1_800_000));
    expect(asks).toHaveLength(2);
    // 1,800 s + 3,600 s
    set(5_400_000);
    await ask(asks[1]?.ask as Ask);
    expect(published.map(({ data }) => data)).toMatchObject([
      { reason: 'quiet', subjects: 3, epoch: 1 },
    ]);
  });

  test('a rule that counts elsewhere now does not fire for where it counted', async () => {
    for (const change of [{ by: 'source' }, { project: 'q' }, { source: 'elsewhere' }] as const) {
      const rules = [rule({ quietMs: 10_000 })];
      const { play, published, asks, ask, set } = open(rules);
      await play(label('a'));
      rules[0] = rule({ quietMs: 10_000, ...change });
      set(10_000);
      await ask(asks[0]?.ask as Ask);
      expect(published).toEqual([]);
      // Once it counts there again, the next change starts a timer.
      rules[0] = rule({ quietMs: 20_000 });
      await play(label('b', 10_000));
      set(30_000);
      await ask(asks[1]?.ask as Ask);
      expect(published.map(({ data }) => data)).toMatchObject([{ subjects: 2, epoch: 1 }]);
    }
  });

  test('a rule may have the name of a member of every object', async () => {
    const { play, published, asks, ask, set } = open([
      rule({ name: 'constructor', count: 2, quietMs: 1_000 }),
    ]);
    await play(label('a'), label('b'), label('c'));
    set(1_000);
    for (const { ask: each } of asks) await ask(each);
    expect(published.map(({ data }) => data)).toMatchObject([
      { rule: 'constructor', subjects: 2, epoch: 1, reason: 'count' },
      { rule: 'constructor', subjects: 1, epoch: 2, reason: 'quiet' },
    ]);
  });

  test('a question that is damaged is a dead letter at once', async () => {
    const { worker } = open([rule({ count: 1 })]);
    for (const body of ['{"ask"', '{"ask":"milestone"}', '{"ask":"else","rule":"retrain"}']) {
      await expect(worker(body)).rejects.toThrow(Poison);
    }
  });

  test('a duplicate without a sequence does not count in the next epoch', async () => {
    const { play, published } = open([rule({ count: 1 })]);
    const event = { ...label('a'), sequence: undefined };
    await play(event);
    await play({ ...event, recordedtime: time(5) });
    expect(published).toHaveLength(1);
  });

  test('a replay counts once for a new rule, and not for one that has counted it', async () => {
    const rules = [rule({ name: 'old', count: 1 })];
    const { play, published } = open(rules);
    await play(label('a'));
    rules.push(rule({ name: 'new', count: 1 }));
    await play(label('a'));
    await play(label('a'));
    expect(published.map(({ data }) => data)).toMatchObject([{ rule: 'old' }, { rule: 'new' }]);
    expect(published).toHaveLength(2);
  });

  test('a project with an id too long for a key is no group', async () => {
    const { play, published, writes } = open([
      rule({ count: 1 }),
      rule({ name: 'all', by: 'source', count: 1 }),
    ]);
    const event = label('a');
    await play({ ...event, data: { ...event.data, project: { id: 'p'.repeat(257) } } });
    expect(published.map(({ subject }) => subject)).toEqual(['milestone/all']);
    // The list of scopes, the epoch, and the mark.
    expect(writes()).toBe(3);
  });

  test('twenty rules cost no more than one', async () => {
    const rules = Array.from({ length: 20 }, (_, index) =>
      rule({ name: `rule-${index}`, count: 9 }),
    );
    const { play, writes } = open(rules);
    await play(label('a'));
    const begun = writes();
    await play(label('b'));
    // The epochs of the project, and the marks of the label.
    expect(writes() - begun).toBe(2);
  });

  test('timers that ring at once in one item are told of once each', async () => {
    const byProject = rule({ quietMs: 1_000 });
    const { play, published, asks, ask, set } = open(
      [byProject, rule({ name: 'all', by: 'source' })],
      { publishMs: 5 },
    );
    const inProject = (id: string, ms = 0): object => {
      const event = label(id, ms);
      return { ...event, data: { ...event.data, project: { id: `p${id}` } } };
    };
    const ids = Array.from({ length: 20 }, (_, index) => String(index));
    await play(...ids.map((id) => inProject(id)));
    set(1_000);
    await Promise.all([
      ...asks.map((each) => ask(each.ask)),
      ...ids.map((id) => play(inProject(`new ${id}`, 900))),
    ]);
    expect(published.map(({ subject }) => subject).sort()).toEqual(
      ids.map((id) => `milestone/retrain/project/p${id}`).sort(),
    );
  });

  test('a person fires an epoch once', async () => {
    const { play, published, ask } = open([rule({ count: 500 })]);
    await play(label('a'));
    const fire = {
      rule: 'retrain',
      source: 'labelbox',
      project: 'p',
      epoch: 1,
      fire: true,
    } as const;
    await ask(fire);
    await ask(fire);
    expect(published.map(({ data }) => data)).toMatchObject([{ reason: 'manual', subjects: 1 }]);
  });
});

/** An annotation of Label Studio by a user, in task 7 of project 1. */
const annotation = (id: string, by: string, ms: number, row: object = {}, counts?: object) =>
  buildEvent(
    'label.created',
    {
      platform: 'label-studio',
      project: { id: '1', counts } as never,
      dataRow: {
        id: '7',
        createdAt: time(0),
        updatedAt: time(ms),
        overlap: 2,
        labeled: false,
        ...row,
      },
      labels: [{ id, createdBy: { id: by } }],
    },
    {
      source: '/label-studio',
      subject: `label/${id}`,
      time: time(ms),
      sequence: `${micro(ms)}/${micro(ms)}-0`,
      recordedtime: time(ms + 10),
    },
  );
const deletion = (id: string, ms: number) =>
  buildEvent(
    'label.deleted',
    { platform: 'label-studio', project: { id: '1' }, labels: [{ id, deleted: true }] },
    {
      source: '/label-studio',
      subject: `label/${id}`,
      time: time(ms),
      sequence: `${micro(ms)}/9999-12-31T23:59:59.999999Z-2`,
      recordedtime: time(ms),
    },
  );

describe('completions', () => {
  const reopened = [
    annotation('1', 'ann', 100),
    annotation('2', 'bob', 200, { labeled: true }),
    deletion('2', 300),
    annotation('3', 'bob', 400, { labeled: true }),
  ];

  test('overlap 2: done, reopened by a deletion, done again', async () => {
    const { play, published } = open([]);
    for (const event of reopened) await play(event);
    expect(published).toMatchObject([
      {
        type: 'labelrelay.task.completed',
        subject: 'task/7/completion',
        sequence: `${micro(200)}-1`,
        data: {
          platform: 'label-studio',
          project: { id: '1' },
          task: { id: '7' },
          completedAt: time(200),
        },
      },
      { subject: 'task/7/completion', data: { completedAt: time(400) } },
    ]);
    expect(new Set(published.map(({ id }) => id)).size).toBe(2);
  });

  test('a deletion that leaves enough annotators reopens nothing', async () => {
    const { play, published } = open([]);
    await play(annotation('1', 'ann', 100));
    await play(annotation('2', 'bob', 200, { labeled: true }));
    await play(annotation('3', 'cid', 250, { labeled: true }));
    await play(deletion('2', 300));
    await play(annotation('4', 'bob', 400, { labeled: true }));
    expect(published).toHaveLength(1);
  });

  test('a task whose labels are deleted and made again hundreds of times fits into its item', async () => {
    const { play, published, largest } = open([]);
    const rounds = 270;
    for (let round = 1; round <= rounds; round++) {
      const [id, ms] = [String(round), round * 1_000];
      await play(annotation(id, 'ann', ms, { overlap: 1, labeled: true }));
      await play(deletion(id, ms + 500));
    }
    expect(published).toHaveLength(rounds);
    expect(largest()).toBeLessThan(MAX_BYTES);
    // An old life that comes again reopens nothing.
    await play(annotation('1', 'ann', 1_000, { overlap: 1, labeled: true }), deletion('1', 1_500));
    expect(published).toHaveLength(rounds);
  });

  test('a task with hundreds of labels at once fits, and is reopened when the last is gone', async () => {
    const { play, published, largest } = open([]);
    const count = 450;
    for (let index = 1; index <= count; index++) {
      await play(annotation(String(index), `user-${index % 50}`, index, { labeled: true }));
    }
    expect(largest()).toBeLessThan(MAX_BYTES);
    for (let index = 1; index <= count; index++)
      await play(deletion(String(index), 10_000 + index));
    await play(annotation('again', 'ann', 20_000, { labeled: true }));
    expect(published.map(({ data }) => data)).toMatchObject([
      { completedAt: time(1) },
      { completedAt: time(20_000) },
    ]);
    expect(largest()).toBeLessThan(MAX_BYTES);
  });

  test('a label whose id is given again hundreds of times fits into its item', async () => {
    const { play, published, largest } = open([]);
    const rounds = 270;
    for (let round = 1; round <= rounds; round++) {
      await play(annotation('1', 'ann', round * 1_000, { overlap: 1, labeled: true }));
      await play(deletion('1', round * 1_000 + 500));
    }
    expect(published).toHaveLength(rounds);
    expect(largest()).toBeLessThan(MAX_BYTES);
  });

  test('the deletion comes last: the same completions', async () => {
    const { play, published } = open([]);
    const [one, two, gone, again] = reopened as [object, object, object, object];
    for (const event of [one, two, again]) await play(event);
    expect(published).toHaveLength(1);
    await play(gone);
    expect(published.map(({ data }) => data)).toMatchObject([
      { completedAt: time(200) },
      { completedAt: time(400) },
    ]);
  });

  test('the deletion comes before its annotation', async () => {
    const { play, published } = open([]);
    const [one, two, gone, again] = reopened as [object, object, object, object];
    for (const event of [gone, one, two, again, two]) await play(event);
    expect(new Set(published.map(({ id }) => id)).size).toBe(2);
  });

  test('a late step is told of at its own time', async () => {
    const { play, published } = open([]);
    const done = (id: string, ms: number, labeled: boolean) =>
      annotation(id, 'ann', ms, { labeled });
    await play(done('1', 500, true));
    await play(done('2', 100, true));
    expect(published.map(({ data }) => data)).toMatchObject([{ completedAt: time(500) }]);
    // 1 0 1: the step at 500 was told of, that at 100 was not.
    await play(done('3', 300, false));
    expect(published.map(({ data }) => data)).toMatchObject([
      { completedAt: time(500) },
      { completedAt: time(100) },
    ]);
  });

  test('a step after one that turned out to be none is told of', async () => {
    const { play, published } = open([]);
    await play(annotation('1', 'ann', 100));
    await play(annotation('2', 'bob', 200, { labeled: true }));
    await play(deletion('2', 300));
    await play(annotation('4', 'bob', 400, { labeled: true }));
    expect(published).toHaveLength(2);
    // Cid was there all the time: two annotators were left, and the task was never reopened.
    await play(annotation('3', 'cid', 250, { labeled: true }));
    expect(published).toHaveLength(2);
    await play(annotation('5', 'dan', 500, { labeled: false }));
    await play(annotation('6', 'eve', 600, { labeled: true }));
    expect(published.map(({ data }) => data)).toMatchObject(
      [200, 400, 600].map((ms) => ({ completedAt: time(ms) })),
    );
    expect(new Set(published.map(({ id }) => id)).size).toBe(3);
  });

  test('a task with a reused id starts anew', async () => {
    const { play, published } = open([]);
    await play(annotation('1', 'ann', 100, { labeled: true }));
    await play(annotation('2', 'ann', 900, { labeled: true, createdAt: time(800) }));
    expect(published.map(({ data }) => data)).toMatchObject([
      { completedAt: time(100) },
      { completedAt: time(900) },
    ]);
    expect(new Set(published.map(({ id }) => id)).size).toBe(2);
  });

  test('a project is done when all of its tasks are, and again after tasks were added', async () => {
    const { play, published } = open([]);
    const counted = (ms: number, finishedTasks: number, tasks: number) =>
      annotation(String(ms), 'ann', ms, {}, { tasks, finishedTasks });
    for (const event of [counted(1, 1, 2), counted(2, 2, 2), counted(3, 2, 3), counted(4, 3, 3)]) {
      await play(event);
    }
    expect(published.map(({ type, subject, data }) => ({ type, subject, data }))).toEqual(
      [
        { tasks: 2, completedAt: time(2) },
        { tasks: 3, completedAt: time(4) },
      ].map((each) => ({
        type: 'labelrelay.project.completed',
        subject: 'project/1/completion',
        data: { platform: 'label-studio', project: { id: '1' }, ...each },
      })),
    );
    const empty = open([]);
    await empty.play(counted(1, 0, 0));
    expect(empty.published).toEqual([]);
  });

  test('Labelbox: a row is done without a next task, or with the status DONE', async () => {
    const { play, published } = open([]);
    const move = (ms: number, to: object | undefined) =>
      buildEvent('workflow.action', {
        project: { id: 'p' },
        dataRow: { id: 'r' },
        workflow: { timestamp: time(ms), to },
      });
    await play(move(1, { id: 'review' }));
    await play(move(2, { name: 'Done' }));
    const row = (ms: number | undefined, status: string) =>
      buildEvent('label.updated', {
        project: { id: 'p' },
        dataRow: { id: 'r' },
        labels: [],
        workflow: { status, ...(ms !== undefined && { changedAt: time(ms) }) },
      });
    await play(row(3, 'IN_REVIEW'));
    await play(row(undefined, 'DONE'));
    await play(row(4, 'DONE'));
    expect(published).toMatchObject(
      [2, 4].map((ms) => ({
        subject: 'project/p/data-row/r/completion',
        data: { dataRow: { id: 'r' }, project: { id: 'p' }, completedAt: time(ms) },
      })),
    );
  });

  test('a recovered cause gives a recovered completion, and a rule may count completions', async () => {
    const rules = [rule({ on: ['task.completed'], count: 1 })];
    const { play, published } = open(rules);
    await play({ ...annotation('1', 'ann', 100, { labeled: true }), recovered: true });
    expect(published).toMatchObject([{ recovered: true }]);
    const { recovered: _, ...completion } = published[0] as DerivedEvent;
    await play(completion);
    expect(published[1]?.data).toMatchObject({ rule: 'retrain', subjects: 1 });
  });
});
