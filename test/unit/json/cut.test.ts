import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chunkDecoder } from '../../../lib/json/long/cut/decode-chunks';
import { JsonCutter } from '../../../lib/json/long/cut/json-cutter';
import { wholeEscapes } from '../../../lib/json/long/cut/whole-escapes';
import { LONG_LIMITS, type LongLimits } from '../../../lib/json/long/placeholder';

function decodeInParts(bytes: Uint8Array, size: number): string {
  const decode = chunkDecoder();
  let text = '';
  for (let at = 0; at < bytes.length; at += size) text += decode(bytes.subarray(at, at + size));
  return text + decode();
}

test('UTF-8 is decoded wherever its bytes are parted, without a byte order mark', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\x7f', 'é', '世', '\u{1f600}', '\ufeff') });
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 6 }), (drawn, size) => {
      // https://encoding.spec.whatwg.org/#utf-8-decode: one mark at the beginning is no text.
      const expected = drawn.startsWith('\ufeff') ? drawn.slice(1) : drawn;
      expect(decodeInParts(Buffer.from(drawn), size)).toBe(expected);
    }),
  );
});

test.each([
  [[0x61, 0xff]],
  [[0x61, 0xc3]],
  [[0xc3, 0x61]],
  [[0xe4, 0xb8]],
  [[0xf0, 0x9f, 0x98]],
  [[0x80, 0x80, 0x80, 0x80, 0x80]],
])('%p is no UTF-8, wherever it is parted', (bytes) => {
  for (const size of [1, 2, 10]) {
    expect(() => decodeInParts(Uint8Array.from(bytes), size)).toThrow(
      expect.objectContaining({ code: 'undecodable' }),
    );
  }
});

test.each([
  ['', 0],
  ['abc', 3],
  [String.raw`ab\n`, 4],
  [String.raw`ab\u00e9`, 8],
  ['ab\\', 2],
  [String.raw`ab\u`, 2],
  [String.raw`ab\u00e`, 2],
  // An escaped backslash, and then text.
  [String.raw`ab\\`, 4],
  [String.raw`ab\\u00e`, 8],
  [String.raw`\\\u00e`, 2],
  [String.raw`ab\\\ `.trim(), 4],
  [String.raw`\u00e9\u00`, 6],
])('the last complete escape of %s ends at %d', (raw, end) => {
  expect(wholeEscapes(raw)).toBe(end);
});

const SHAPE = {
  isLongList: (path: readonly string[]) => path.at(-1) === 'long',
  isLongObject: () => false,
  isJsonText: () => false,
};

function cut(text: string, limits: Partial<LongLimits> = {}) {
  const cutter = new JsonCutter(SHAPE, { ...LONG_LIMITS, inlineLength: 1, ...limits });
  const pieces = cutter.push(text);
  cutter.finish();
  return { depth: cutter.depth, places: pieces.map(({ placeholder }) => placeholder.path) };
}

const around = (levels: number, inner: string): string =>
  '{"a":'.repeat(levels) + inner + '}'.repeat(levels);

test('a list within 256 levels is cut out, and one below them is not', () => {
  expect(cut(around(255, '{"long":[1]}')).places[0]).toHaveLength(256);
  expect(cut(around(256, '{"long":[1]}')).places).toEqual([]);
});

test.each([
  ['lists', '['.repeat(300) + ']'.repeat(300)],
  ['objects', around(300, '1')],
])('behind 300 levels of %s, a list has its place again', (_, deep) => {
  const { depth, places } = cut(`{"a":${deep},"b":{"long":[1]}}`);
  expect(depth).toBe(301);
  expect(places[0]).toEqual(['b', 'long']);
});

test('a name is followed for 256 characters', () => {
  const [path] = cut(`{"${'n'.repeat(300)}":{"long":[1]}}`).places;
  expect(path).toEqual(['n'.repeat(256), 'long']);
});

test('lists shorter by 64 are cut out once a quarter of the rest is used', () => {
  const note = (length: number) => `{"note":"${'x'.repeat(length)}","long":[12345,6789]}`;
  const limits = { restLength: 400, inlineLength: 640 };
  expect(cut(note(50), limits).places).toEqual([]);
  // 100 of 400 characters, and a list of ten or more: 640 / 64.
  expect(cut(note(100), limits).places[0]).toEqual(['long']);
});

test.each([
  ['a long list that does not end', '{"long":[1,', true],
  ['a short one', '{"long":[', false],
])('%s is an error: %p', (_, text, isError) => {
  if (isError) expect(() => cut(text)).toThrow(expect.objectContaining({ code: 'not-streamable' }));
  else expect(cut(text).places).toEqual([]);
});

test('the rest may have exactly its length', () => {
  const text = '{"note":"x"}';
  expect(cut(text, { restLength: text.length }).places).toEqual([]);
  expect(() => cut(text, { restLength: text.length - 1 })).toThrow(
    expect.objectContaining({ code: 'not-streamable' }),
  );
});

test.each(['"a"', '}]', ']1,:"a"', '{}}{"a":1}'])(
  'the structure of %s, which is no JSON object, is followed without an error',
  (text) => {
    expect(cut(text).places).toEqual([]);
  },
);
