import { expect, test } from '@jest/globals';
import { isNothing, leftOf } from '../../../lib/json/left-of';
import { toMark } from '../../../lib/json/long/marks';
import {
  asBoolean,
  asEntries,
  asEntryItems,
  asId,
  asItems,
  asList,
  asNumber,
  asObject,
  asText,
  unlessEmpty,
} from '../../../lib/json/read';

const values = {
  object: { a: 1 },
  list: [1, 2],
  text: 'a',
  empty: '',
  number: 1.5,
  zero: 0,
  infinite: Number.POSITIVE_INFINITY,
  no: false,
  nothing: null,
  missing: undefined,
};

/** The names of the values that a reader returns something for. */
const understood = (read: (value: unknown) => unknown): string[] =>
  Object.entries(values)
    .filter(([, value]) => read(value) !== undefined)
    .map(([name]) => name);

test.each<[string, (value: unknown) => unknown, string[]]>([
  ['asObject', asObject, ['object']],
  ['asList', asList, ['list']],
  ['asItems', asItems, ['list']],
  ['asEntries', asEntries, ['object']],
  ['asEntryItems', asEntryItems, ['object']],
  ['asText', asText, ['text', 'empty']],
  ['asNumber', asNumber, ['number', 'zero']],
  ['asBoolean', asBoolean, ['no']],
  ['asId', asId, ['text', 'number', 'zero']],
])('%s understands only values of its type', (_, read, names) => {
  expect(understood(read)).toEqual(names);
});

test('values in memory are read as they are', () => {
  expect(asObject(values.object)).toBe(values.object);
  expect(asList(values.list)).toBe(values.list);
  expect(asItems(values.list)).toBe(values.list);
  expect(asEntries(values.object)).toEqual([['a', 1]]);
  expect(asEntryItems(values.object)).toEqual([['a', 1]]);
  expect([asText('a'), asNumber(1.5), asBoolean(false)]).toEqual(['a', 1.5, false]);
  expect([asId(12), asId('12'), asId(0)]).toEqual(['12', '12', '0']);
});

test('a mark among other items or members is text as any other', () => {
  const list = [toMark(1), toMark(2)];
  expect(asList(list)).toBe(list);
  expect(asItems(list)).toBe(list);
});

test('an object all of whose members are undefined is none', () => {
  const object = { a: undefined, b: null };
  expect(unlessEmpty(object)).toBe(object);
  expect(unlessEmpty({ a: undefined })).toBeUndefined();
  expect(unlessEmpty({})).toBeUndefined();
});

test('members that are not understood are left, in order, without the empty ones', () => {
  const places: [string, unknown, number][] = [];
  const left = leftOf({ c: 1, b: '', a: 0, z: [null] }, (...place) => {
    places.push(place);
    return place[0] === 'c';
  });
  expect(Object.entries(left ?? {})).toEqual([
    ['a', 0],
    ['z', [null]],
  ]);
  expect(places).toEqual([
    ['c', 1, 0],
    ['b', '', 1],
    ['a', 0, 2],
    ['z', [null], 3],
  ]);
  expect(leftOf({ a: 1, b: '' }, (name) => name === 'a')).toBeUndefined();
});

test.each<[unknown, boolean]>([
  [null, true],
  [undefined, true],
  ['', true],
  [[], true],
  [{}, true],
  [' ', false],
  [0, false],
  [false, false],
  [[null], false],
  [{ a: null }, false],
])('%j says nothing: %p', (value, isEmpty) => {
  expect(isNothing(value)).toBe(isEmpty);
});
