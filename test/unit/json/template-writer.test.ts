import { expect, test } from '@jest/globals';
import { type Batch, toBatchOf } from '../../../lib/json/long/batch';
import { fold } from '../../../lib/json/long/fold';
import { AdjacentGroups } from '../../../lib/json/long/group/adjacent-groups';
import type { ToGroupBuffer } from '../../../lib/json/long/group/group-buffer';
import { ScatteredGroups } from '../../../lib/json/long/group/scattered-groups';
import { type Group, groupBy } from '../../../lib/json/long/group-by';
import type { Items } from '../../../lib/json/long/items';
import { joinItems, LongItems, LongList } from '../../../lib/json/long/long-list';
import { dataTemplate } from '../../../lib/json/long/write/template';
import { TemplateWriter } from '../../../lib/json/long/write/template-writer';
import { MemoryOverflow } from '../../support/memory-overflow';

const ENOUGH = 1_000_000;

/** The list of a placeholder. */
const list = (placeholder: number): Items<number> =>
  new LongList<number>([new LongItems(placeholder)]);

const batchOf = (...items: number[]): Batch => ({
  ...toBatchOf(items),
  text: items.join(),
});

const adjacent: ToGroupBuffer = (by) => new AdjacentGroups(by, ENOUGH);

/** A writer of data, and the text that it has written. */
function open(
  data: object,
  { earlyLength = ENOUGH, toBuffer = adjacent, overflow = new MemoryOverflow() } = {},
) {
  let text = '';
  const write = async (part: string) => {
    text += part;
  };
  const means = { write, earlyLength, overflow, toBuffer };
  return { writer: new TemplateWriter(dataTemplate(data), means), overflow, text: () => text };
}

/** The placeholders that a writer expects, of those up to 9. */
const expectedBy = (writer: TemplateWriter): number[] =>
  Array.from({ length: 10 }, (_, placeholder) => placeholder).filter((each) =>
    writer.expects(each),
  );

/** Reads a body, of which each list is an item of this one. @returns the placeholders that were read */
async function read(writer: TemplateWriter, ...lists: number[][]): Promise<number[]> {
  const were: number[] = [];
  for (const [placeholder, items] of lists.entries()) {
    if (!writer.expects(placeholder)) continue;
    were.push(placeholder);
    await writer.write(placeholder, batchOf(...items));
    await writer.endOf(placeholder);
  }
  return were;
}

test('text of later slots waits for its turn, in one read', async () => {
  // The slots have the order 0, 2, 1.
  const { writer, overflow, text } = open({ a: { x: list(0), y: list(2) }, b: list(1) });
  expect([...writer.placeholders]).toEqual([0, 2, 1]);
  expect(expectedBy(writer)).toEqual([0, 1, 2]);
  await writer.write(0, batchOf(1, 2));
  await writer.endOf(0);
  expect(expectedBy(writer)).toEqual([1, 2]);
  await writer.write(1, batchOf(3));
  await writer.write(1, batchOf(4));
  await writer.endOf(1);
  expect([expectedBy(writer), writer.isFilled]).toEqual([[2], false]);
  await writer.write(2, batchOf(5));
  await writer.endOf(2);
  expect([expectedBy(writer), writer.isFilled]).toEqual([[], true]);
  await writer.finish();
  expect(text()).toBe('{"a":{"x":[1,2],"y":[5]},"b":[3,4]}');
  expect(overflow.blocks).toEqual([]);
});

test('a template without slots is written at the end, with further members', async () => {
  const { writer, text } = open({ a: 1 });
  expect([expectedBy(writer), writer.isFilled]).toEqual([[], true]);
  await writer.finish({ b: 2 });
  expect(text()).toBe('{"a":1,"b":2}');
});

test('of the text that waits, the longest is stored when there is too much', async () => {
  // The slots have the order 0, 3, 1, 2.
  const data = { a: { x: list(0), y: list(3) }, b: list(1), c: list(2) };
  const { writer, overflow, text } = open(data, { earlyLength: 10 });
  await writer.write(1, batchOf(1, 2, 3));
  await writer.write(1, batchOf(4, 5));
  await writer.write(2, batchOf(6));
  // `1,2,3`, `,4,5` and `6` are 10 characters.
  expect(overflow.blocks).toEqual([]);
  await writer.write(2, batchOf(7));
  expect(overflow.blocks).toEqual(['1,2,3,4,5']);
  // `6,7` is left. With `,8,9` and `,0` these are 9 characters, and `,1` is too much.
  await writer.write(2, batchOf(8, 9));
  await writer.write(1, batchOf(0));
  expect(overflow.blocks).toHaveLength(1);
  await writer.write(2, batchOf(1));
  expect(overflow.blocks.slice(1)).toEqual(['6,7,8,9,1']);
  await writer.endOf(1);
  await writer.endOf(2);
  expect(await read(writer, [1], [], [], [2])).toEqual([0, 3]);
  await writer.finish();
  expect(text()).toBe('{"a":{"x":[1],"y":[2]},"b":[1,2,3,4,5,0],"c":[6,7,8,9,1]}');
  expect(overflow.read).toEqual([0, 1]);
});

test('text whose turn has come makes room', async () => {
  // The slots have the order 0, 2, 1, 4, 3.
  const data = { a: { x: list(0), y: list(2) }, b: { x: list(1), y: list(4) }, c: list(3) };
  const { writer, overflow, text } = open(data, { earlyLength: 5 });
  // `1,2,3` waits until list 2 was read, and `4,5,6` until list 4 was read.
  expect(await read(writer, [0], [1, 2, 3], [0], [4, 5, 6], [0])).toEqual([0, 1, 2, 3, 4]);
  expect(overflow.blocks).toEqual([]);
  await writer.finish();
  expect(text()).toBe('{"a":{"x":[0],"y":[0]},"b":{"x":[1,2,3],"y":[0]},"c":[4,5,6]}');
});

test('a result of all items waits as text does', async () => {
  const total = fold(list(1), {
    begin: () => ({ sum: 0 }),
    add(state, item) {
      state.sum += item;
    },
    end: (state) => state,
  });
  const { writer, text } = open({ a: { x: list(0), y: list(2) }, total });
  expect(await read(writer, [1], [2, 3], [4])).toEqual([0, 1, 2]);
  await writer.finish();
  expect(text()).toBe('{"a":{"x":[1],"y":[4]},"total":{"sum":5}}');
});

/** Items with the same remainder of ten are a group. */
const by = { key: (item: number) => String(item % 10), head: (item: number) => item % 10 };
const groupsOf = (items: Items<number>) => groupBy(items, { ...by, part: (item) => item });
const passedOnOf = (items: Items<number>) =>
  groupBy(items, { ...by, part: (item) => item, isPassedOn: true });

test('groups of several lists are written when the last one was read', async () => {
  const { writer, text } = open({ groups: groupsOf(joinItems(list(0), [12], list(1))) });
  expect([...writer.placeholders]).toEqual([0, 1]);
  expect(expectedBy(writer)).toEqual([0]);
  await writer.write(0, batchOf(1, 11));
  await writer.endOf(0);
  expect([expectedBy(writer), writer.isFilled]).toEqual([[1], false]);
  await writer.write(1, batchOf(22, 3));
  await writer.endOf(1);
  expect([expectedBy(writer), writer.isFilled]).toEqual([[], true]);
  await writer.finish();
  expect(text()).toBe('{"groups":[[1,[1,11]],[2,[12,22]],[3,[3]]]}');
});

test('groups are collected when it is their turn', async () => {
  // The groups of list 1 come after lists 0 and 2.
  const { writer, text } = open({ a: { x: list(0), y: list(2) }, groups: groupsOf(list(1)) });
  expect(expectedBy(writer)).toEqual([0, 2]);
  const body = [[5], [1, 11], [6]];
  expect(await read(writer, ...body)).toEqual([0, 2]);
  expect(await read(writer, ...body)).toEqual([1]);
  await writer.finish();
  expect(text()).toBe('{"a":{"x":[5],"y":[6]},"groups":[[1,[1,11]]]}');
});

test('groups that are written twice are read once if there is room', async () => {
  const groups = groupsOf(list(0));
  const again = groups.map(([head]: Group<number, number[]>) => head);
  const { writer, text } = open({ groups, again });
  expect(await read(writer, [1, 11, 2])).toEqual([0]);
  await writer.finish();
  expect(text()).toBe('{"groups":[[1,[1,11]],[2,[2]]],"again":[1,2]}');
});

/** Stores all that it has after each item. */
const scattered: ToGroupBuffer = (by) =>
  new ScatteredGroups(by, { groupedLength: 0, blockLength: 1 }, new MemoryOverflow());

test('groups that are passed on in several texts have commas between them', async () => {
  const { writer, text } = open({ groups: passedOnOf(list(0)) }, { toBuffer: scattered });
  for (const item of [1, 2, 11, 21, 12]) await writer.write(0, batchOf(item));
  await writer.endOf(0);
  await writer.finish();
  expect(text()).toBe('{"groups":[[1,[1,11,21]],[2,[2,12]]]}');
});

test('groups that are passed on twice are read twice', async () => {
  const groups = passedOnOf(list(0));
  const again = groups.filter(([head]: Group<number, unknown>) => head !== 1);
  const data = { groups, again, odd: list(1) };
  const { writer, text } = open(data, { toBuffer: scattered });
  const body = [[1, 2, 11, 3, 2], [4]];
  expect(await read(writer, ...body)).toEqual([0, 1]);
  expect([expectedBy(writer), writer.isFilled]).toEqual([[0], false]);
  expect(await read(writer, ...body)).toEqual([0]);
  await writer.finish();
  expect(text()).toBe(
    '{"groups":[[1,[1,11]],[2,[2,2]],[3,[3]]],"again":[[2,[2,2]],[3,[3]]],"odd":[4]}',
  );
});

test('parts of groups that are not wanted are not written', async () => {
  const heads = passedOnOf(list(0)).map(([head]: Group<number, unknown>) => ({ head }));
  const { writer, text } = open({ heads }, { toBuffer: scattered });
  expect(await read(writer, [1, 2, 11])).toEqual([0]);
  await writer.finish();
  expect(text()).toBe('{"heads":[{"head":1},{"head":2}]}');
});
