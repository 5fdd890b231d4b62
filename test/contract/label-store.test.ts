import { randomBytes } from 'node:crypto';
import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createWorker } from '../../lib/consume/create-worker';
import { keepNewest } from '../../lib/consume/keep-newest';
import { UnknownVersion } from '../../lib/consume/wait';
import { toBody } from '../../lib/label-store/body';
import { labelHandlers } from '../../lib/label-store/label-handlers';
import { createLabelStore } from '../../lib/label-store/label-store';
import type { StoredLabel } from '../../lib/label-store/stored-label';
import { buildEvent } from '../../lib/testing/build-event';
import { inMemory, type LabelPlaces, startLabelPlaces } from '../support/label-stores';

let started: Awaited<ReturnType<typeof startLabelPlaces>>;
beforeAll(async () => {
  started = await startLabelPlaces();
});
afterAll(() => started.stop());

const FINAL = '9999-12-31T23:59:59.999999Z-2';
const at = (second: number) => `2026-01-01T00:00:${String(second).padStart(2, '0')}.000000Z`;

function open({ ports, objects }: LabelPlaces) {
  const store = createLabelStore(ports);
  const worker = createWorker(labelHandlers, { guard: keepNewest(store) });
  const play = (event: object) => worker(JSON.stringify(event));
  const all = async (query?: Parameters<typeof store.list>[0]): Promise<StoredLabel[]> => {
    const found: StoredLabel[] = [];
    for await (const label of store.list(query)) found.push(label);
    return found;
  };
  const ids = async (query?: Parameters<typeof store.list>[0]) =>
    (await all(query)).map(({ label }) => label.id);
  return { store, play, all, ids, objects };
}

/** A label of Labelbox, in a row of a project. */
const boxLabel = (id: string, second: number, data: object = {}, source = '/labelbox') =>
  buildEvent(
    'label.updated',
    { platform: 'labelbox', project: { id: 'p' }, dataRow: { id: 'r' }, labels: [{ id }], ...data },
    { source, subject: `label/${id}`, sequence: `${at(second)}-1` },
  );
const boxGone = (id: string, second: number, data: object = {}) =>
  buildEvent(
    'label.deleted',
    { platform: 'labelbox', project: { id: 'p' }, dataRow: { id: 'r' }, labels: [{ id }], ...data },
    { source: '/labelbox', subject: `label/${id}`, sequence: `${at(second)}-2` },
  );
/** A label of Label Studio in a task and a project, all created at the same second. */
const studioLabel = (id: string, task: string, second: number, data: object = {}) =>
  buildEvent(
    'label.created',
    {
      platform: 'label-studio',
      project: { id: '1' },
      dataRow: { id: task },
      labels: [{ id }],
      ...data,
    },
    {
      source: '/label-studio',
      subject: `label/${id}`,
      sequence: `${at(second)}/${at(second)}-0`,
      recordedtime: '2026-01-01T00:00:59Z',
    },
  );
const studioGone = (
  topic: 'label' | 'task' | 'project',
  id: string,
  second: number,
  data: object = {},
) =>
  buildEvent(
    `${topic}.deleted`,
    {
      platform: 'label-studio',
      ...(topic === 'label' && { labels: [{ id, deleted: true }] }),
      ...data,
    },
    {
      source: '/label-studio',
      subject: `${topic}/${id}`,
      sequence: `${at(second)}/${FINAL}`,
      recordedtime: at(second),
    },
  );
const row = (project: string, id: string, second: number, labels: string[]) =>
  buildEvent(
    'label.updated',
    {
      platform: 'labelbox',
      project: { id: project },
      dataRow: { id },
      labels: labels.map((each) => ({ id: each })),
    },
    {
      source: '/labelbox',
      subject: `project/${project}/data-row/${id}/labels`,
      sequence: `${at(second)}/${at(second)}-1`,
    },
  );

/** A text that compression makes no smaller than the limit of an item. */
const LARGE = randomBytes(200_000).toString('hex');
const large = (id: string, second: number, text = LARGE) =>
  boxLabel(id, second, { labels: [{ id, kind: text }] });

describe.each<[string, () => Promise<LabelPlaces>]>([
  ['in memory', async () => inMemory()],
  ['in DynamoDB and S3', async () => started.places(await started.createTable())],
])('the label store %s', (_, make) => {
  test('a label is listed with its project, its data set and its data row', async () => {
    const { play, all } = open(await make());
    const data = {
      project: { id: 'p', name: 'cats' },
      dataset: { id: 'd', name: 'pictures' },
      dataRow: { id: 'r', externalId: 'cat.jpg', content: 'https://example.com/cat.jpg' },
      labels: [{ id: 'a', annotations: [] }],
    };
    await play(boxLabel('a', 1, data));
    expect(await all()).toEqual([
      {
        source: 'labelbox',
        subject: 'label/a',
        project: data.project,
        dataset: data.dataset,
        dataRow: data.dataRow,
        label: data.labels[0],
        sequence: `${at(1)}-1`,
      },
    ]);
  });

  test('the newest version wins, and a deletion is remembered', async () => {
    const { play, all, ids } = open(await make());
    expect(await play(boxLabel('a', 2, { labels: [{ id: 'a', kind: 'two' }] }))).toBe('done');
    expect(await play(boxLabel('a', 1, { labels: [{ id: 'a', kind: 'one' }] }))).toBe('stale');
    expect((await all()).map(({ label }) => label.kind)).toEqual(['two']);
    await play(boxGone('a', 3));
    await play(boxLabel('a', 2, { labels: [{ id: 'a', kind: 'late' }] }));
    expect(await ids()).toEqual([]);
    expect(await all({ deleted: true })).toEqual([
      {
        source: 'labelbox',
        subject: 'label/a',
        project: { id: 'p' },
        dataRow: { id: 'r' },
        label: { id: 'a', deleted: true },
        sequence: `${at(3)}-2`,
        deleted: true,
      },
    ]);
  });

  test('a deletion without the place of its label keeps the known place', async () => {
    const { play, all } = open(await make());
    await play(studioLabel('5', '3', 1));
    await play(studioGone('label', '5', 2));
    expect(await all({ deleted: true })).toMatchObject([
      { project: { id: '1' }, dataRow: { id: '3' }, label: { id: '5', deleted: true } },
    ]);
  });

  test('labels come by source and data row, numbers in their order', async () => {
    const { play, all, ids, store } = open(await make());
    for (const task of ['10', '9', '100', '1']) await play(studioLabel(`s${task}`, task, 1));
    await play(boxLabel('b', 1, { dataRow: { id: 'row-b' } }));
    await play(boxLabel('a', 1, { dataRow: { id: 'row-a' }, project: { id: 'q' } }));
    await play(boxLabel('c', 1, { dataRow: { id: 'row-a' } }));
    await play(boxLabel('z', 1, { project: undefined, dataRow: undefined }));
    await play(boxLabel('other', 1, {}, '/a-box'));
    const order = ['s1', 's9', 's10', 's100', 'other', 'z', 'a', 'c', 'b'];
    expect(await ids()).toEqual(['other', ...order.slice(0, 4), 'z', 'a', 'c', 'b']);
    expect(await ids({ source: 'label-studio' })).toEqual(['s1', 's9', 's10', 's100']);
    expect(await ids({ project: 'p' })).toEqual(['other', 'c', 'b']);
    expect(await ids({ source: 'labelbox', project: 'q' })).toEqual(['a']);
    expect(await ids({ source: 'nobody' })).toEqual([]);
    // A task is in the project, too, and is no label.
    await play(
      buildEvent(
        'task.created',
        { platform: 'label-studio', project: { id: '1' }, task: { id: '9' } },
        {
          source: '/label-studio',
          subject: 'task/9',
          sequence: `${at(1)}/${at(1)}-0`,
          recordedtime: '2026-01-01T00:00:59Z',
        },
      ),
    );
    expect(await store.count({ source: 'label-studio' })).toBe(4);

    // Each cursor leads to all that is behind it.
    const listed = (await all()).map(({ label }) => label.id);
    let seen = 0;
    for await (const { labels, cursor } of store.rows()) {
      seen += labels.length;
      expect(await ids({ after: cursor })).toEqual(listed.slice(seen));
    }
    expect(seen).toBe(listed.length);
  });

  test('a label that is moved is listed where it is now, and there alone', async () => {
    const { play, ids } = open(await make());
    await play(boxLabel('a', 1));
    await play(boxLabel('a', 2, { project: { id: 'q' } }));
    await play(boxLabel('b', 1));
    await play(boxLabel('b', 2, { dataRow: { id: 'another' } }));
    expect(await ids()).toEqual(['b', 'a']);
    expect(await ids({ project: 'p' })).toEqual(['b']);
    expect(await ids({ project: 'q' })).toEqual(['a']);
  });

  test('the labels of a row are replaced together', async () => {
    const { play, ids, all } = open(await make());
    await play(row('p', 'r', 1, ['a', 'b']));
    await play(row('p', 'r', 2, ['b', 'c']));
    expect(await ids()).toEqual(['b', 'c']);
    expect((await all()).map(({ subject }) => subject)).toEqual(
      Array(2).fill('project/p/data-row/r/labels'),
    );
    await play(row('p', 'r', 3, []));
    expect(await ids()).toEqual([]);
  });

  test('a deleted task or project deletes its earlier labels', async () => {
    const { play, ids, store } = open(await make());
    for (const id of ['1', '2']) await play(studioLabel(id, '7', 1));
    await play(studioLabel('3', '8', 1));
    await play(studioGone('task', '7', 5));
    expect(await ids()).toEqual(['3']);
    // A label of that life that comes late goes along; one of a later life of the task stays.
    await play(studioLabel('4', '7', 2));
    await play(studioLabel('5', '7', 6));
    expect(await ids()).toEqual(['5', '3']);
    expect(await ids({ deleted: true })).toEqual(['1', '2', '4', '5', '3']);
    await play(studioGone('project', '1', 7));
    expect(await ids()).toEqual([]);
    expect(await store.show('label-studio', 'project/1')).toMatchObject({ deleted: true });
  });

  test('a task that is deleted with its project takes along the labels of its row alone', async () => {
    const { play, ids } = open(await make());
    for (const [id, task] of [
      ['1', '7'],
      ['2', '70'],
      ['3', '07'],
    ] as const) {
      await play(studioLabel(id, task, 1));
    }
    // The event of this one named no project.
    await play(studioLabel('4', '7', 1, { project: undefined }));
    await play(studioGone('task', '7', 5, { project: { id: '1' } }));
    // Task 07 is another one than task 7.
    expect(await ids()).toEqual(['3', '2']);
  });

  test('tasks and projects are known', async () => {
    const { play, store } = open(await make());
    const attributes = (subject: string) => ({
      source: '/label-studio',
      subject,
      sequence: `${at(1)}/${at(1)}-0`,
    });
    const project = { id: '1', name: 'cats' };
    await play(buildEvent('project.created', { project }, attributes('project/1')));
    const task = { id: '3', content: { image: 'cat.jpg' } };
    await play(buildEvent('task.created', { project, task }, attributes('task/3')));
    expect(await store.show('label-studio', 'task/3')).toEqual({
      source: 'label-studio',
      subject: 'task/3',
      project,
      task,
      sequence: `${at(1)}/${at(1)}-0`,
    });
    expect(await store.show('label-studio', 'project/1')).toMatchObject({ project });
    await play(studioGone('project', '1', 2));
    expect(await store.show('label-studio', 'task/3')).toMatchObject({ deleted: true });
    expect(await store.show('label-studio', 'task/4')).toBeUndefined();
  });

  test('a large label is an object while it is the newest, and then nothing is left of it', async () => {
    const { play, all, objects } = open(await make());
    await play(large('a', 1));
    expect(await objects()).toHaveLength(1);
    expect((await all())[0]?.label.kind).toBe(LARGE);
    const newer = large('a', 3, `${LARGE}!`);
    await play(newer);
    expect(await objects()).toHaveLength(1);
    expect((await all())[0]?.label.kind).toBe(`${LARGE}!`);
    // A late one leaves nothing.
    expect(await play(large('a', 2))).toBe('stale');
    expect(await objects()).toHaveLength(1);
    // Nor does one that comes twice.
    expect(await play(newer)).toBe('stale');
    expect(await objects()).toHaveLength(1);
    await play(boxLabel('a', 4));
    expect(await objects()).toEqual([]);
    await play(large('a', 5));
    await play(boxGone('a', 6));
    expect(await objects()).toEqual([]);
    expect(await all()).toEqual([]);
  });

  test('a large label of a deleted task is gone', async () => {
    const { play, all, objects } = open(await make());
    await play(studioLabel('1', '7', 1, { labels: [{ id: '1', kind: LARGE }] }));
    expect(await objects()).toHaveLength(1);
    await play(studioGone('task', '7', 5));
    expect([await all(), await objects()]).toEqual([[], []]);
    await play(studioLabel('2', '7', 2, { labels: [{ id: '2', kind: LARGE }] }));
    expect([await all(), await objects()]).toEqual([[], []]);
  });

  test('a reader reads a label again if its object was replaced meanwhile', async () => {
    const places = await make();
    const { play, objects } = open(places);
    await play(large('a', 1));
    const { ports } = places;
    let isReplaced = false;
    const { all } = open({
      objects,
      ports: {
        ...ports,
        objects: {
          ...ports.objects,
          async get(key) {
            if (!isReplaced) await play(large('a', 2, `${LARGE}!`));
            isReplaced = true;
            return ports.objects.get(key);
          },
        },
      },
    });
    expect((await all())[0]?.label.kind).toBe(`${LARGE}!`);
  });

  /** A worker with 40 labels in a project, of which each takes a second to delete. */
  async function openSlowly() {
    const places = await make();
    const { play, ids } = open(places);
    for (let id = 0; id < 40; id++) await play(studioLabel(String(id), String(id), 1));
    let [now, deleted] = [0, 0];
    const { items } = places.ports;
    const ports = {
      ...places.ports,
      items: {
        ...items,
        async deleteUnder(...given: Parameters<typeof items.deleteUnder>) {
          now += 1_000;
          deleted++;
          return items.deleteUnder(...given);
        },
      },
    };
    const store = createLabelStore(ports, { now: () => now });
    const worker = createWorker(labelHandlers, { guard: keepNewest(store) });
    const erase = (second: number) => worker(JSON.stringify(studioGone('project', '1', second)));
    return { ids, erase, deleted: () => deleted };
  }

  test('the deletion of a project that takes too long goes on where it stood', async () => {
    const { ids, erase, deleted } = await openSlowly();
    await expect(erase(5)).rejects.toThrow('got a part');
    expect(deleted()).toBeLessThan(40);
    await expect(erase(5)).rejects.toThrow('got a part');
    await erase(5);
    expect(await ids()).toEqual([]);
    expect(deleted()).toBe(40);
  });

  test.each([[[5, 6]], [[6, 5]]])(
    'two deletions of one project that take too long both go on where they stood: %j',
    async (seconds) => {
      const { ids, erase, deleted } = await openSlowly();
      for (let part = 0; part < 2; part++) {
        for (const each of seconds) await expect(erase(each)).rejects.toThrow('got a part');
      }
      for (const each of seconds) await erase(each);
      expect(await ids()).toEqual([]);
      expect(deleted()).toBe(2 * 40);
    },
  );

  test('an event of one project costs two writes, however many there were before', async () => {
    const places = await make();
    const calls: string[] = [];
    const items = new Proxy(places.ports.items, {
      get: (target, name) =>
        typeof Reflect.get(target, name) === 'function'
          ? (...given: unknown[]) => {
              calls.push(String(name));
              return Reflect.get(target, name).apply(target, given);
            }
          : undefined,
    });
    const { play } = open({ ...places, ports: { ...places.ports, items } });
    await play(boxLabel('a', 1));
    await play(studioLabel('1', '7', 1));
    calls.length = 0;
    await play(boxLabel('b', 1));
    expect(calls).toEqual(['putLink', 'write', 'gone']);
    calls.length = 0;
    await play(studioLabel('2', '7', 1));
    expect(calls).toEqual(['putLink', 'write', 'gone']);
    calls.length = 0;
    await play(boxGone('b', 2));
    expect(calls).toEqual(['putLink', 'write', 'gone']);
  });
});

test('a list reads ahead a few labels, however many there are', async () => {
  const { items, objects } = inMemory().ports;
  let [linksRead, statesRead] = [0, 0];
  const many = {
    ...items,
    projects: async () => [{ project: '/s/project/1', forms: [] }],
    async *links() {
      for (let n = 0; n < 1_000_000; n++) {
        linksRead++;
        const row = `009${String(n).padStart(9, '0')}`;
        yield { name: `${row} /s/label/${n}`, row, key: `/s/label/${n}` };
      }
    },
    async read(keys: readonly string[]) {
      statesRead += keys.length;
      return keys.map((key) => ({
        key,
        sequence: '1',
        id: 'a',
        body: toBody({ labels: [{ id: key }] }),
      }));
    },
  };
  let count = 0;
  for await (const { label } of createLabelStore({ items: many, objects }).list()) {
    expect(label.id).toBe(`/s/label/${count}`);
    if (++count === 5_000) break;
  }
  expect(statesRead).toBeLessThanOrEqual(5_300);
  expect(linksRead).toBeLessThanOrEqual(5_400);
});

test('a table in a form that is not known is left alone', async () => {
  const table = await started.createTable();
  const { ports } = started.places(table);
  const put = (key: string, item: string, more: object) =>
    started.client.send(
      new PutItemCommand({
        TableName: table,
        Item: { key: { S: key }, item: { S: item }, ...more },
      }),
    );
  const store = createLabelStore(ports);
  const write = (key: string, sequence = '2') =>
    store.putIfNewer(key, { sequence, id: 'a' }, { about: {}, content: { labels: [] } });
  const kept = { sequence: { S: '1' }, id: { S: 'a' }, body: { B: toBody({}) } };
  await put('/s/label/before', 'state', kept);
  await put('/s/label/later', 'state', { ...kept, version: { N: '3' } });
  await expect(write('/s/label/before')).rejects.toBeInstanceOf(UnknownVersion);
  await expect(write('/s/label/later', '0')).rejects.toBeInstanceOf(UnknownVersion);
  await expect(store.show('s', 'label/later')).rejects.toBeInstanceOf(UnknownVersion);
  expect(await write('/s/label/now')).toBe(true);
  await put('#table', '#table', { version: { N: '3' } });
  const { ports: later } = started.places(table);
  await expect(
    createLabelStore(later).putIfNewer('/s/label/x', { sequence: '1', id: 'a' }, { about: {} }),
  ).rejects.toThrow('of the table');
});

test('every item has a version', async () => {
  const table = await started.createTable();
  const { play } = open(started.places(table));
  await play(studioLabel('1', '7', 1));
  await play(studioGone('task', '7', 2));
  const { Items = [] } = await started.client.send(new ScanCommand({ TableName: table }));
  expect(Items.length).toBeGreaterThan(4);
  expect(Items.filter(({ version }) => version?.N !== '2')).toEqual([]);
});
