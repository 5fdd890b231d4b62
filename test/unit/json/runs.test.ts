import { expect, test } from '@jest/globals';
import { type GroupText, mergeRuns, type Run, storeRun } from '../../../lib/json/long/group/runs';
import { MemoryOverflow } from '../../support/memory-overflow';

const BLOCK_LENGTH = 20;

class Blocks extends MemoryOverflow {
  store(texts: readonly (readonly [number, string])[]): Promise<Run> {
    return storeRun(texts.map(toText), this, BLOCK_LENGTH);
  }
}

const toText = ([number, text]: readonly [number, string]): GroupText => ({ number, text });

async function textsOf(runs: readonly Run[]): Promise<string[][]> {
  const groups: string[][] = [];
  for await (const texts of mergeRuns(runs)) {
    const group: string[] = [];
    for await (const text of texts) group.push(text);
    groups.push(group);
  }
  return groups;
}

test('the texts of a group come in the order of the runs, those of one run in their own', async () => {
  const blocks = new Blocks();
  const stored = await blocks.store([
    [0, 'a'],
    [0, 'b'],
    [2, 'c:"\\n"'],
  ]);
  const inMemory = [toText([0, 'd']), toText([1, 'é'])];
  const last = await blocks.store([[2, 'e']]);
  expect(await textsOf([stored, inMemory, last])).toEqual([
    ['a', 'b', 'd'],
    ['é'],
    ['c:"\\n"', 'e'],
  ]);
});

test('there are no groups in runs without texts', async () => {
  const blocks = new Blocks();
  expect(await textsOf([await blocks.store([]), []])).toEqual([]);
  expect(blocks.blocks).toEqual([]);
});

test('a block ends with the text that makes it long enough', async () => {
  const blocks = new Blocks();
  // A number of one digit, a colon and a newline are 3 characters of the 20.
  await blocks.store([
    [0, 'w'.repeat(17)],
    [0, 'x'.repeat(16)],
    [0, 'y'.repeat(17)],
    [1, 'z'],
    [10, 'z'.repeat(100)],
    [11, ''],
  ]);
  expect(blocks.blocks).toEqual([
    `0:${'w'.repeat(17)}\n`,
    `0:${'x'.repeat(16)}\n0:${'y'.repeat(17)}\n`,
    `1:z\n10:${'z'.repeat(100)}\n`,
    '11:\n',
  ]);
});

test('each block is read once, when its first text is needed', async () => {
  const blocks = new Blocks();
  const long = 'x'.repeat(BLOCK_LENGTH);
  const runs = [
    await blocks.store([
      [0, long],
      [1, long],
    ]),
    await blocks.store([
      [1, long],
      [2, long],
    ]),
  ];
  const seen: number[][] = [];
  for await (const texts of mergeRuns(runs)) {
    seen.push([...blocks.read]);
    for await (const _ of texts) seen.push([...blocks.read]);
  }
  expect(seen).toEqual([
    [0, 2],
    [0, 2],
    [0, 2, 1],
    [0, 2, 1],
    [0, 2, 1],
    [0, 2, 1, 3],
    [0, 2, 1, 3],
  ]);
});

test.each(['nothing', 'one text', 'all but the end'])(
  'the next group comes after %s of the one before it was read',
  async (what) => {
    const count = ['nothing', 'one text', 'all but the end'].indexOf(what);
    const groups: string[][] = [];
    const runs = [
      ['a', 'c'],
      ['b', 'd'],
    ].map((texts) => texts.map((text, number) => toText([number, text])));
    for await (const texts of mergeRuns(runs)) {
      const group: string[] = [];
      for (let read = 0; read < count; read++) group.push((await texts.next()).value);
      groups.push(group);
    }
    expect(groups).toEqual([['a', 'b'].slice(0, count), ['c', 'd'].slice(0, count)]);
  },
);

test('an error of the store is thrown', async () => {
  const blocks = new Blocks();
  const run = await blocks.store([[0, 'a']]);
  blocks.get = () => Promise.reject(new Error('broken'));
  await expect(textsOf([run])).rejects.toThrow('broken');
  blocks.put = () => Promise.reject(new Error('full'));
  await expect(blocks.store([[0, 'a']])).rejects.toThrow('full');
});
