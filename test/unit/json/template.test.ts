import { describe, expect, test } from '@jest/globals';
import { toBatchOf } from '../../../lib/json/long/batch';
import { fold } from '../../../lib/json/long/fold';
import { groupBy } from '../../../lib/json/long/group-by';
import type { Items } from '../../../lib/json/long/items';
import { joinItems, LongItems, LongList } from '../../../lib/json/long/long-list';
import { toMark } from '../../../lib/json/long/marks';
import { dataTemplate, nativeTemplate, type Template } from '../../../lib/json/long/write/template';

/** The list of a placeholder. */
const list = (placeholder: number): Items<number> =>
  new LongList<number>([new LongItems(placeholder)]);
const sum = {
  begin: () => ({ sum: 0 }),
  add(state: { sum: number }, item: number) {
    state.sum += item;
  },
  end: (state: { sum: number }) => (state.sum > 0 ? state : undefined),
};

/** The text with the source of each slot in its place. */
const shown = ({ texts, slots }: Template): string =>
  texts.map((text, index) => text + (slots[index]?.source ?? '')).join('');

describe('members are in the order of the body, so that it is read once', () => {
  test.each([
    ['one list stays where it is', { b: 1, a: list(0), c: 2 }, '{"b":1,"a":[0],"c":2}'],
    ['two lists', { b: list(1), a: list(0) }, '{"a":[0],"b":[1]}'],
    [
      'a list behind what has none',
      { b: list(3), c: null, a: list(2) },
      '{"c":null,"a":[2],"b":[3]}',
    ],
    [
      'the first of several lists counts',
      { b: list(1), a: { x: list(0), y: list(2) } },
      '{"a":{"x":[0],"y":[2]},"b":[1]}',
    ],
    [
      'wherever it is',
      { b: list(1), a: { y: list(2), x: list(0) } },
      '{"a":{"x":[0],"y":[2]},"b":[1]}',
    ],
    [
      'whatever is behind it',
      { a: [{ x: list(2), z: 'text' }], b: list(1) },
      '{"b":[1],"a":[{"x":[2],"z":"text"}]}',
    ],
    [
      'a list that is joined with others',
      { b: list(1), a: joinItems([5], list(0), list(3)) },
      '{"a":[5,0,3],"b":[1]}',
    ],
    ['the result of a list is behind it', { f: fold(list(0), sum), a: list(0) }, '{"a":[0],0}'],
    [
      'and before the next one',
      { b: list(1), f: fold(list(0), sum), a: list(0) },
      '{"a":[0],0,"b":[1]}',
    ],
  ])('%s', (_, data, expected) => {
    expect(shown(dataTemplate(data))).toBe(expected);
  });

  test('groups have the place of the first list in them', () => {
    const items = joinItems([5], list(2), list(3));
    const groups = groupBy(items, { key: String, head: Number, part: Number });
    const { slots } = dataTemplate({ c: list(4), g: groups, a: list(1) });
    expect(slots.map(({ source }) => typeof source)).toEqual(['number', 'object', 'number']);
  });
});

test('a value is searched once, however deep it is', () => {
  const readsAt = (levels: number): number => {
    let reads = 0;
    const innermost = {
      get list() {
        reads++;
        return list(0);
      },
      other: list(1),
    };
    let data: object = innermost;
    for (let level = 0; level < levels; level++) data = { data };
    dataTemplate(data);
    return reads;
  };
  expect(readsAt(20)).toBe(readsAt(1));
});

test('the result of a list is known after its last item, and again if it is read again', () => {
  const [slot] = dataTemplate({ total: fold(list(0), sum) }).slots;
  const read = (items: number[]) => [slot?.toText(toBatchOf(items)), slot?.end?.()];
  expect(read([1, 2])).toEqual(['', '"total":{"sum":3}']);
  expect(read([4])).toEqual(['', '"total":{"sum":4}']);
  expect(read([0])).toEqual(['', '']);
});

test('items of data are written with their steps', () => {
  const [slot] = dataTemplate({ twice: list(0).flatMap((item) => [item, item]) }).slots;
  expect(slot?.toText(toBatchOf([1, 2]))).toBe('1,1,2,2');
  expect(slot?.end).toBeUndefined();
});

test('a body has its items as they were received, in a text with the escapes of one', () => {
  const inner = JSON.stringify({ long: [toMark(1)], z: 1 });
  const template = nativeTemplate({ a: [toMark(0)], inner, wide: { [toMark(2)]: 0 } });
  expect(shown(template)).toBe(String.raw`{"a":[0],"inner":"{\"long\":[1],\"z\":1}","wide":{2}}`);
  const batch = { ...toBatchOf([]), text: '"x"' };
  expect(template.slots.map((slot) => slot.toText(batch))).toEqual([
    '"x"',
    String.raw`\"x\"`,
    '"x"',
  ]);
});

test('a body that is passed on in data has its slots among those of the data', () => {
  const data = { native: { z: [toMark(0)], y: [toMark(2)] }, a: list(1) };
  expect(shown(dataTemplate(data))).toBe('{"native":{"z":[0],"y":[2]},"a":[1]}');
});
