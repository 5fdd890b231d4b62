import { expect, test } from '@jest/globals';
import { type Place, type Rules, rewrite } from '../../../lib/json/rewrite';

const rules = (given: Partial<Rules>): Rules => ({
  change: (value) => value,
  isLeft: () => false,
  ...given,
});

const body = { a: { b: [1, { c: 2 }] }, d: null, e: 'text' };

test('a body in which nothing changes is not copied', () => {
  expect(rewrite(body, rules({}))).toBe(body);
});

test('only the objects and lists around a change are copied', () => {
  const inner = { a: { b: [1, { c: 2 }], same: { x: 1 } }, other: [{ y: 1 }] };
  const before = JSON.stringify(inner);
  const after = rewrite(inner, rules({ change: (value) => (value === 2 ? 3 : value) }));
  expect(after).toEqual({ a: { b: [1, { c: 3 }], same: { x: 1 } }, other: [{ y: 1 }] });
  expect(after.other).toBe(inner.other);
  expect((after.a as typeof inner.a).same).toBe(inner.a.same);
  expect(JSON.stringify(inner)).toBe(before);
});

test('a member whose new value is undefined is removed', () => {
  const after = rewrite(
    body,
    rules({ change: (value, { name }) => (name === 'e' ? undefined : value) }),
  );
  expect(Object.keys(after)).toEqual(['a', 'd']);
});

test('a list of several changed and unchanged items is copied', () => {
  const after = rewrite({ list: [1, 2] }, rules({ change: (value) => (value === 2 ? 3 : value) }));
  expect(after).toEqual({ list: [1, 3] });
});

test('the members of a new value are not visited', () => {
  const change = (value: unknown) => (value === 1 ? { inner: 1 } : value);
  expect(rewrite({ a: 1 }, rules({ change }))).toEqual({ a: { inner: 1 } });
});

test('a value that is left keeps all its members', () => {
  const isLeft = ({ name }: Place) => name === 'left';
  const change = (value: unknown) => (value === 1 ? 2 : value);
  const after = rewrite({ left: { a: 1 }, b: 1 }, rules({ isLeft, change }));
  expect(after).toEqual({ left: { a: 1 }, b: 2 });
});

test('a place has the names of the member and of its object, which are those of a list around them', () => {
  const seen: [unknown, Place][] = [];
  rewrite(
    { a: { b: [1, { c: 2 }] } },
    rules({
      change(value, place) {
        if (typeof value === 'number') seen.push([value, place]);
        return value;
      },
    }),
  );
  expect(seen).toEqual([
    [1, { name: 'b', parent: 'a', holder: { b: [1, { c: 2 }] } }],
    [2, { name: 'c', parent: 'b', holder: { c: 2 } }],
  ]);
});

test('a member of the root has no parent', () => {
  const parents: string[] = [];
  const change = (value: unknown, { parent }: Place) => {
    parents.push(parent);
    return value;
  };
  rewrite({ a: 1 }, rules({ change }));
  expect(parents).toEqual(['']);
});
