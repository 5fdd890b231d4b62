import { describe, expect, test } from '@jest/globals';
import { type Batch, PARTS } from '../../../lib/json/long/batch';
import { ScatteredGroups } from '../../../lib/json/long/group/scattered-groups';
import { MemoryOverflow } from '../../support/memory-overflow';

const ENOUGH = 1_000_000;
/** The first letter of an item is its key. An item without letters is a group of its own. */
const by = {
  key: (item: unknown) => String(item)[0],
  head: (item: unknown) => ({ first: item }),
  part: (item: unknown) => item,
};

function open({ groupedLength = ENOUGH, isPassedOn = false, blockLength = 1 } = {}) {
  const overflow = new MemoryOverflow();
  const limits = { groupedLength, blockLength };
  return { groups: new ScatteredGroups({ ...by, isPassedOn }, limits, overflow), overflow };
}

async function batchesOf(groups: ScatteredGroups): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of groups.whole()) batches.push(batch);
  return batches;
}

/** Adds items, makes room after each of them, and reads the groups at the end. */
async function group(groups: ScatteredGroups, items: readonly string[]): Promise<unknown[]> {
  for (const item of items) {
    groups.add(item);
    expect(await batchesOf(groups)).toEqual([]);
  }
  groups.end();
  return (await batchesOf(groups)).flatMap((batch) => batch.items);
}

const ITEMS = ['b1', 'a1', '', 'b2', '', 'a2', 'c1', 'b3', 'a3'];
const GROUPS = [
  [{ first: 'b1' }, ['b1', 'b2', 'b3']],
  [{ first: 'a1' }, ['a1', 'a2', 'a3']],
  [{ first: '' }, ['']],
  [{ first: '' }, ['']],
  [{ first: 'c1' }, ['c1']],
];

test('groups have the order of their first items, and nothing is stored if there is room', async () => {
  const { groups, overflow } = open();
  expect(await group(groups, ITEMS)).toEqual(GROUPS);
  expect(overflow.blocks).toEqual([]);
});

test.each([1, 100, ENOUGH])(
  'they are the same when there is little room, with blocks of %d characters',
  async (blockLength) => {
    // A list of three parts has 14 characters, and what is in memory has more than 20 after each item.
    const { groups, overflow } = open({ groupedLength: 20, blockLength });
    expect(await group(groups, ITEMS)).toEqual(GROUPS);
    expect(overflow.blocks.length).toBeGreaterThan(ITEMS.length - 1);
  },
);

test('what is left at the end is stored too, since merging takes memory', async () => {
  // A head of 14 characters and a part of 4, and 40 beside each string: 98 for the first item of a group.
  const { groups, overflow } = open({ groupedLength: 98, blockLength: ENOUGH });
  // The second item is one too many. In the next run, the groups are in another order.
  expect(await group(groups, ['a1', 'b1', 'b2', 'a2'])).toEqual([
    [{ first: 'a1' }, ['a1', 'a2']],
    [{ first: 'b1' }, ['b1', 'b2']],
  ]);
  expect(overflow.blocks).toEqual([
    '0:{"first":"a1"}\n0:"a1"\n1:{"first":"b1"}\n1:"b1"\n',
    '0:"a2"\n1:"b2"\n',
  ]);
});

describe('the length of what is in memory', () => {
  const head = '{"first":"a"}'.length + 40;
  const part = '"a"'.length + 40;
  // 256 parts become one string, with commas that do not count.
  const joined = 256 * part - 255 * 40;

  test.each([
    ['one item', 1, head + part],
    ['two items of one group', 2, head + 2 * part],
    ['just too few to be joined', 255, head + 255 * part],
    ['just as many as are joined', 256, head + joined],
    ['one more', 257, head + joined + part],
    ['twice as many', 512, head + 2 * joined],
  ])('of %s', async (_, count, length) => {
    for (const [groupedLength, blocks] of [
      [length, 0],
      [length - 1, 1],
    ] as const) {
      const { groups, overflow } = open({ groupedLength, blockLength: ENOUGH });
      for (let item = 0; item < count; item++) groups.add('a');
      expect(await batchesOf(groups)).toEqual([]);
      expect(overflow.blocks).toHaveLength(blocks);
    }
  });

  test('is that of all groups, and nothing after they were stored', async () => {
    const { groups, overflow } = open({ groupedLength: 2 * (head + part), blockLength: ENOUGH });
    for (const item of ['a', 'b', 'a']) {
      expect(overflow.blocks).toEqual([]);
      groups.add(item);
      expect(await batchesOf(groups)).toEqual([]);
    }
    expect(overflow.blocks).toHaveLength(1);
    for (const item of ['a', 'b', 'a', 'b']) {
      groups.add(item);
      expect(await batchesOf(groups)).toEqual([]);
    }
    expect(overflow.blocks).toHaveLength(1);
  });
});

test.each([255, 256, 257, 512])('a group of %d parts has all of them', async (count) => {
  const { groups } = open();
  const items = Array.from({ length: count }, (_, index) => `a${index}`);
  expect(await group(groups, items)).toEqual([[{ first: 'a0' }, items]]);
});

test('a list that is only passed on is given as texts with commas between them', async () => {
  const { groups } = open({ isPassedOn: true, groupedLength: 150, blockLength: ENOUGH });
  const items = ['a1', 'b1', 'a2', 'a3'];
  for (const item of items) {
    groups.add(item);
    expect(await batchesOf(groups)).toEqual([]);
  }
  groups.end();
  const found: unknown[] = [];
  for await (const { items, parts } of groups.whole()) {
    const texts: string[] = [];
    for await (const text of parts ?? []) texts.push(text);
    found.push([items, texts]);
  }
  expect(found).toEqual([
    [[[{ first: 'a1' }, [PARTS]]], ['"a1"', '"a2","a3"']],
    [[[{ first: 'b1' }, [PARTS]]], ['"b1"']],
  ]);
});

test('a list that is read must fit into memory alone', async () => {
  const long = ['a', 'a', 'a'].map((letter) => letter.repeat(48));
  // A text has 50 characters. The first is stored alone, and the others together, with a comma.
  const lengthOf = 50 + 50 + 1 + 50;
  const fits = open({ groupedLength: lengthOf });
  expect(await group(fits.groups, long)).toEqual([[{ first: long[0] }, long]]);
  const isLonger = open({ groupedLength: lengthOf - 1 });
  await expect(group(isLonger.groups, long)).rejects.toMatchObject({
    code: 'not-streamable',
    message:
      'expected only lists of many items to be long, got too much in a list of what belongs together',
  });
});

test('there may be 250,000 keys, and any number of items without one', () => {
  const keyed = new ScatteredGroups(
    { ...by, key: (item) => (item === '' ? undefined : String(item)) },
    { groupedLength: ENOUGH, blockLength: 1 },
    new MemoryOverflow(),
  );
  for (let times = 0; times < 3; times++) keyed.add('');
  for (let key = 0; key < 250_000; key++) keyed.add(key);
  keyed.add('');
  keyed.add(0);
  expect(() => keyed.add('one more')).toThrow(
    expect.objectContaining({
      code: 'not-streamable',
      message:
        'expected only lists of many items to be long, got too much in lists of what belongs together',
    }),
  );
});
