import { expect, test } from '@jest/globals';
import { decodeObject, decodeUtf8, expectObject, parseJson } from '../../../lib/json/decode';
import { isTooDeep, MAX_LEVELS } from '../../../lib/json/nesting';

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

test.each<[string, number[], string]>([
  ['ASCII', [0x61, 0x7f], 'a\x7f'],
  // https://www.rfc-editor.org/rfc/rfc3629#section-3: é is 11000011 10101001.
  ['two bytes', [0xc3, 0xa9], 'é'],
  ['a mark before ASCII', [...BYTE_ORDER_MARK, 0x61], 'a'],
  ['a mark that is not the first character', [0x61, ...BYTE_ORDER_MARK], 'a\ufeff'],
  ['nothing', [], ''],
])('UTF-8 is decoded: %s', (_, bytes, text) => {
  expect(decodeUtf8(Uint8Array.from(bytes))).toBe(text);
  // A body can be a part of a larger buffer.
  expect(decodeUtf8(Uint8Array.from([0x78, ...bytes, 0x78]).subarray(1, -1))).toBe(text);
  expect(decodeUtf8(Buffer.from(bytes).toString('utf8'))).toBe(text);
});

test.each([[[0xff]], [[0x61, 0xc3]], [[0xc0, 0x80]]])('%p is no UTF-8', (bytes) => {
  expect(() => decodeUtf8(Uint8Array.from(bytes))).toThrow(
    expect.objectContaining({
      code: 'undecodable',
      message: 'expected UTF-8, got other bytes, in the body',
      cause: expect.anything(),
    }),
  );
});

test('text is parsed if it is JSON', () => {
  expect(parseJson('[1]')).toEqual([1]);
  expect(parseJson('[1')).toBeUndefined();
});

test.each([
  ['[1', 'no JSON'],
  ['[1]', 'a list'],
  ['"a"', 'string'],
  ['7', 'number'],
])('a body of %s is no object', (text, came) => {
  const refused = (where: string) =>
    expect.objectContaining({
      code: 'undecodable',
      message: `expected a JSON object, got ${came}, in ${where}`,
    });
  expect(() => decodeObject(text)).toThrow(refused('the body'));
  expect(() => expectObject(parseJson(text), 'line 2')).toThrow(refused('line 2'));
});

test('a body of one object is decoded', () => {
  expect(decodeObject(Buffer.from('\ufeff{"a":1}'))).toEqual({ a: 1 });
});

/** A value in so many lists, or so many objects. */
const lists = (levels: number): unknown =>
  JSON.parse(`${'['.repeat(levels)}null${']'.repeat(levels)}`);
const objects = (levels: number): unknown =>
  JSON.parse(`${'{"a":'.repeat(levels)}null${'}'.repeat(levels)}`);

test.each([
  ['lists', lists],
  ['objects', objects],
])('256 levels of %s are read, and 257 are not', (_, nested) => {
  expect(MAX_LEVELS).toBe(256);
  expect(isTooDeep(nested(256))).toBe(false);
  expect(isTooDeep(nested(257))).toBe(true);
  // The deepest member need not be the last.
  expect(isTooDeep([nested(256), 1])).toBe(true);
  expect(isTooDeep({ a: nested(256), b: 1 })).toBe(true);
  expect(isTooDeep([1, nested(255), {}])).toBe(false);
});

test.each([null, 1, 'text', undefined])('%p has no levels', (value) => {
  expect(isTooDeep(value)).toBe(false);
});
