import { describe, expect, test } from '@jest/globals';
import { toMark } from '../../../lib/json/long/marks';
import { isOf, Members } from '../../../lib/json/members';
import { asNumber, asText } from '../../../lib/json/read';

test('each reader takes a member of its type, and leaves one of another', () => {
  const members = new Members({
    text: 'a',
    id: 7,
    number: 1.5,
    list: [1],
    items: [2],
    inner: { a: 1 },
    others: 'x',
  });
  expect(members.text('text')).toBe('a');
  expect(members.id('id')).toBe('7');
  expect(members.number('number')).toBe(1.5);
  expect(members.list('list')).toEqual([1]);
  expect(members.items('items')).toEqual([2]);
  expect(members.inner('inner')).toEqual({ a: 1 });
  expect(members.number('others')).toBeUndefined();
  expect(members.left).toEqual({ others: 'x' });
});

test('a long list is taken too', () => {
  const members = new Members({ items: [toMark(0)] });
  expect(members.items('items')).toBeDefined();
  expect(members.left).toBeUndefined();
});

// 30 members have a bit each, those behind them are in a set: 29 and 30 are on both sides of the border.
const many = Object.fromEntries(Array.from({ length: 35 }, (_, index) => [`m${index}`, index]));

describe.each([0, 1, 28, 29, 30, 31, 34])('member %d of 35', (index) => {
  const name = `m${index}`;
  const { [name]: _, ...others } = many;

  test('is alone taken, and alone put back', () => {
    const members = new Members(many);
    members.number(name);
    expect(members.left).toEqual(others);
    members.leave(name);
    expect(members.left).toEqual(many);
  });

  test('is alone put back when all were taken', () => {
    const members = new Members(many);
    members.skip(Object.keys(many));
    expect(members.left).toBeUndefined();
    members.leave(name);
    expect(members.left).toEqual({ [name]: index });
  });
});

test('a member that is missing can be taken, and nothing else is', () => {
  const members = new Members({ a: 1, b: 2 });
  members.skip(['missing']);
  expect(members.left).toEqual({ a: 1, b: 2 });
  const full = new Members(
    Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`m${at}`, at])),
  );
  full.skip(['missing']);
  expect(Object.keys(full.left ?? {})).toHaveLength(30);
});

test('members of two objects with many are apart', () => {
  const [one, other] = [new Members(many), new Members(many)];
  one.number('m34');
  expect(other.left).toEqual(many);
});

test('a value that has more than its form is read, and left', () => {
  const members = new Members({ a: { x: 1 }, b: { x: 1, y: 2 }, c: { x: 'text' } });
  const read = (value: unknown) => asNumber((value as { x?: unknown }).x);
  expect(members.takeWhole('a', { x: asNumber }, read)).toBe(1);
  expect(members.takeWhole('b', { x: asNumber }, read)).toBe(1);
  expect(members.takeWhole('c', { x: asText }, read)).toBeUndefined();
  expect(members.left).toEqual({ b: { x: 1, y: 2 }, c: { x: 'text' } });
});

test.each([
  [{}, false],
  [{ a: 1, b: 'x' }, false],
  [{ a: 1, b: [1] }, true],
  [{ a: { b: 1 } }, true],
])('%j: an object or a list is left: %p', (object, hasHolders) => {
  expect(new Members(object).hasHolders).toBe(hasHolders);
});

test.each<[unknown, boolean]>([
  [{ x: 1 }, true],
  [{ x: 'text' }, false],
  [{ x: 1, y: 0 }, false],
  // Empty values say nothing.
  [{ x: 1, y: '' }, true],
  [{ x: null }, true],
  [null, true],
  [undefined, true],
  [{}, true],
  [[], true],
  [[{ x: 1 }, { x: 2 }], true],
  [[{ x: 1 }, { y: 2 }], false],
  ['text', false],
  [0, false],
  // An inherited name is no part of the form.
  [{ toString: 1 }, false],
])('%j has nothing but a number x: %p', (value, isAll) => {
  expect(isOf(value, { x: asNumber })).toBe(isAll);
});

test('a reader as a form is asked for each item of a list', () => {
  expect(isOf(1, asNumber)).toBe(true);
  expect(isOf('a', asNumber)).toBe(false);
  expect(isOf([1, 2], asNumber)).toBe(true);
  expect(isOf([1, 'a'], asNumber)).toBe(false);
  expect(isOf({ x: { y: 1 } }, { x: { y: asNumber } })).toBe(true);
  expect(isOf({ x: { z: 1 } }, { x: { y: asNumber } })).toBe(false);
});
