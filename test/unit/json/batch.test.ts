import { expect, test } from '@jest/globals';
import { applyTo, toBatch, toBatchOf, withoutBrackets } from '../../../lib/json/long/batch';
import { LongItems } from '../../../lib/json/long/long-list';
import type { Placeholder } from '../../../lib/json/long/placeholder';

const list: Placeholder = { number: 0, isObject: false, path: [], isInText: false };
const object: Placeholder = { ...list, isObject: true };
const asIs = (json: unknown) => json;

test('items of a list are values, and members of an object are pairs', () => {
  expect(toBatch(list, '1,"a"', undefined, asIs)).toEqual({
    text: '1,"a"',
    items: [1, 'a'],
    isInOrder: true,
  });
  expect(toBatch(object, '"a":1,"b":2', undefined, asIs)).toEqual({
    text: '"a":1,"b":2',
    items: [
      ['a', 1],
      ['b', 2],
    ],
    isInOrder: true,
  });
});

test('items without secrets keep their text: its numbers may be longer than those in memory', () => {
  const text = '1.0, 12345678901234567890';
  expect(toBatch(list, text, undefined, asIs).text).toBe(text);
});

test('items whose secrets were removed are written anew', () => {
  expect(toBatch(list, '1, 2', undefined, () => [3])).toMatchObject({ text: '3', items: [3] });
  expect(toBatch(object, '"a": 1', undefined, () => ({ a: 2 }))).toMatchObject({
    text: '"a":2',
    items: [['a', 2]],
  });
});

test.each([
  [false, 'undecodable'],
  [true, 'not-streamable'],
])('text that is no JSON, itself in a text: %p, is %s', (isInText, code) => {
  const message = 'expected JSON, got something else in a long list or object';
  const refused = expect.objectContaining({ code, message });
  for (const text of ['1 2', '1],[2', ',', '{']) {
    expect(() => toBatch({ ...list, isInText }, text, undefined, asIs)).toThrow(refused);
  }
});

test.each([
  ['', '1'],
  ['1', ''],
  ['', ''],
])('a comma between %p and %p is no JSON', (one, other) => {
  const before = toBatch(list, one, undefined, asIs);
  expect(() => toBatch(list, other, before, asIs)).toThrow(
    expect.objectContaining({ code: 'undecodable' }),
  );
});

// https://tc39.es/ecma262/#array-index: whole numbers up to 2^32 - 2, in their shortest form, come first in an object.
test.each([
  ['0', '1', true],
  ['9', '10', true],
  ['4294967293', '4294967294', true],
  ['4294967294', '4294967295', false],
  ['1', '1', false],
  ['2', '1', false],
  ['a', 'b', false],
  ['1', 'b', false],
  ['a', '1', false],
  ['1', '02', false],
  ['1', '2.5', false],
  ['-1', '1', false],
])('the member %s before %s has its place in memory: %p', (one, other, isInOrder) => {
  const before = toBatch(object, `"${one}":0`, undefined, asIs);
  const batch = toBatch(object, `"${other}":0`, before, asIs);
  expect(batch.isInOrder).toBe(isInOrder);
  const items = new LongItems(0);
  if (isInOrder) expect(applyTo(batch, items)).toEqual([[other, 0]]);
  else
    expect(() => applyTo(batch, items)).toThrow(
      expect.objectContaining({
        code: 'not-streamable',
        message: 'expected names in ascending order, got another',
      }),
    );
});

test('the last of the members before counts, and the first of those behind', () => {
  const before = toBatch(object, '"1":0,"5":0', undefined, asIs);
  expect(toBatch(object, '"3":0,"7":0', before, asIs).isInOrder).toBe(false);
  expect(toBatch(object, '"6":0,"8":0', before, asIs).isInOrder).toBe(true);
});

test('items of a list are always in order', () => {
  const before = toBatch(list, '2', undefined, asIs);
  expect(toBatch(list, '1', before, asIs).isInOrder).toBe(true);
  expect(applyTo(toBatchOf([1]), new LongItems(0))).toEqual([1]);
});

test('the brackets of a list and of an object are removed', () => {
  expect([withoutBrackets([1, 2]), withoutBrackets({ a: 1 }), withoutBrackets({})]).toEqual([
    '1,2',
    '"a":1',
    '',
  ]);
});
