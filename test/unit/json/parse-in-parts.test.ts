import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseInParts } from '../../../lib/json/parse-in-parts';

/** A part has 65,536 characters: these lists have several. */
const COUNT = 3_000;

/** All items in order, with the rest of the object. */
function parsed(json: string) {
  const items: unknown[] = [];
  let parts = 0;
  const rest = parseInParts(json, 'list', (some) => {
    parts++;
    items.push(...some);
  });
  return rest && { parts, object: { ...rest, list: [...items, ...(rest.list as unknown[])] } };
}

const listOf = (item: (index: number) => object): object[] =>
  Array.from({ length: COUNT }, (_, index) => item(index));

const TEXT = 'x'.repeat(60);

describe('an object with a long list is parsed as JSON.parse does', () => {
  test.each([
    ['members on both sides', { before: 1, list: listOf((id) => ({ id, TEXT })), after: [2] }],
    ['items in items', { list: listOf((id) => ({ id, TEXT, list: [{ id }, { id }, { id }] })) }],
    ['ends of items in texts', { list: listOf((id) => ({ id, text: `${TEXT}"}],[{"},{"id":` })) }],
    ['an equal list behind it', { list: listOf((id) => ({ id })), more: listOf((id) => ({ id })) }],
    [
      'a list beside it',
      { list: listOf((id) => ({ id, TEXT })), text: '"list":[{"id":1},{"id":2}]' },
    ],
  ])('%s', (_, object) => {
    expect(parsed(JSON.stringify(object))?.object).toEqual(object);
  });
});

test('a long list is parsed in several parts', () => {
  const json = JSON.stringify({ list: listOf((id) => ({ id, TEXT })) });
  // 3,000 items of about 80 characters are 240,000. The last part is not taken.
  expect(parsed(json)?.parts).toBe(Math.floor(json.length / 65_536));
});

test('a list is parsed in parts wherever it begins', () => {
  const object = { before: TEXT.repeat(10), list: listOf((id) => ({ id, TEXT })) };
  expect(parsed(JSON.stringify(object))).toEqual({ parts: 3, object });
});

test.each([
  [3, 1],
  [4, 0],
])('behind %d ends of inner items, a long item is a part: %d', (ends, parts) => {
  // Between the inner items there is what is between the items.
  const inner = Array.from({ length: ends + 1 }, (_, id) => ({ id }));
  const object = { list: [{ id: 0, text: 'x'.repeat(65_536), inner }, { id: 1 }] };
  expect(parsed(JSON.stringify(object))).toEqual({ parts, object });
});

describe('anything else is left to JSON.parse', () => {
  const LIST = JSON.stringify(listOf((id) => ({ id, TEXT })));
  const deep = `${'['.repeat(300)}${']'.repeat(300)}`;
  test.each([
    ['a list inside of another member', `{"inner":{"list":${LIST}}}`],
    ['a list inside of another member first', `{"inner":{"list":${LIST}},"list":[]}`],
    ['a list in a text', JSON.stringify({ text: `"list":${LIST}` })],
    ['a list that is replaced by a later one', `{"list":${LIST},"list":[{"id":1}]}`],
    ['no object', `[${LIST}]`],
    ['no objects in it', `{"list":[${Array(20_000).fill('"text"').join(',')}]}`],
    ['something else before the objects', `{"list":[1,${LIST.slice(1)}}`],
    ['an empty list', '{"list":[]}'],
    ['an end too early', `{"list":${LIST}`],
    ['two commas', `{"list":${LIST.replace('},{"id":2000', '},,{"id":2000')}}`],
    ['an item that nests too deeply', `{"list":${LIST.replace('"id":0', `"id":${deep}`)}}`],
  ])('%s', (_, json) => {
    expect(parsed(json)).toBeUndefined();
  });
});

test('for any items, the result is that of JSON.parse, or there is none', () => {
  const item = fc.dictionary(fc.constantFrom('id', 'a', '"list":[', '},{"id":'), fc.jsonValue());
  fc.assert(
    fc.property(fc.array(item, { minLength: 1, maxLength: 20 }), fc.nat(200), (items, times) => {
      const object = { a: 1, list: Array.from({ length: times + 1 }, () => items).flat(), z: 2 };
      const json = JSON.stringify(object);
      const found = parsed(json);
      if (found) expect(JSON.stringify(found.object)).toBe(JSON.stringify({ ...JSON.parse(json) }));
    }),
    { numRuns: 50 },
  );
});
