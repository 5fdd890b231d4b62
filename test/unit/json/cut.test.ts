import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chunkDecoder } from '../../../lib/json/long/cut/decode-chunks';
import { JsonCutter } from '../../../lib/json/long/cut/json-cutter';
import { JsonPosition } from '../../../lib/json/long/cut/json-position';
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
      expect.objectContaining({
        code: 'undecodable',
        message: expect.stringContaining('expected UTF-8'),
      }),
    );
  }
});

// The first and another character of two, three and four bytes.
test.each(['\x80', 'é', '\u0800', '世', '\u{10000}', '\u{1f600}'])(
  '%j is decoded once its last byte is there',
  (character) => {
    const bytes = Buffer.from(character);
    const decode = chunkDecoder();
    expect([decode(bytes), decode(bytes.subarray(0, -1)), decode(bytes.subarray(-1))]).toEqual([
      character,
      '',
      character,
    ]);
  },
);

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
  isJsonText: (path: readonly string[]) => path.at(-1) === 'text',
};

function cut(text: string, limits: Partial<LongLimits> = {}) {
  const cutter = new JsonCutter(SHAPE, { ...LONG_LIMITS, inlineLength: 1, ...limits });
  const pieces = cutter.push(text);
  cutter.finish();
  return {
    depth: cutter.depth,
    rest: cutter.rest,
    pieces: pieces.map((piece) => piece.text),
    places: pieces.map(({ placeholder }) => placeholder.path),
  };
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

test('a path does not grow below 257 levels, and has a place for a name that is not read yet', () => {
  const position = new JsonPosition(['outer']);
  position.step('{'.charCodeAt(0));
  expect(position.path).toEqual(['outer', '']);
  for (let level = 1; level < 300; level++) position.step('{'.charCodeAt(0));
  expect([position.depth, position.path.length]).toEqual([300, 1 + 257]);
});

test('a name that is no JSON is empty', () => {
  expect(cut(String.raw`{"\x":{"long":[1]}}`).places[0]).toEqual(['', 'long']);
});

test('a name is followed for 256 characters', () => {
  const [path] = cut(`{"${'n'.repeat(300)}":{"long":[1]}}`).places;
  expect(path).toEqual(['n'.repeat(256), 'long']);
});

test('lists shorter by 64 are cut out once a quarter of the rest is used', () => {
  const note = (length: number) => `{"note":"${'x'.repeat(length)}","long":[12345,6789]}`;
  const limits = { restLength: 400, inlineLength: 640 };
  // `{"note":"` and `","long"` are 17 characters: 99 and 100 of 400. The list has ten or more: 640 / 64.
  expect(cut(note(82), limits).places).toEqual([]);
  expect(cut(note(83), limits).places[0]).toEqual(['long']);
});

const tooMuchIn = (what: string) =>
  expect.objectContaining({
    code: 'not-streamable',
    message: expect.stringContaining(`got too much in ${what}`),
  });

test('a long list that does not end is an error, a short one is left to JSON.parse', () => {
  expect(() => cut('{"long":[1,')).toThrow(tooMuchIn('a list or an object that does not end'));
  for (const text of ['{"long":[', '{"long":[1,', '{"long":[[1]']) {
    expect(cut(text, { inlineLength: 10 })).toMatchObject({ places: [], rest: text });
  }
});

test('the items of a long list are one piece as far as they are there, and one line break is kept', () => {
  const { pieces, rest } = cut('{"long":[1,[2],\n{"a":3},\n4]}');
  expect(pieces).toEqual(['1,[2],\n{"a":3},\n4', undefined]);
  expect(rest).toMatch(/^\{"long":\["[^"]+"\n\]\}$/);
  expect(cut('{"long":[1,2]}').rest).toMatch(/^\{"long":\["[^"]+"\]\}$/);
});

/** The items as they are cut out of a list that comes in parts, without its end. */
function cutParts(parts: readonly string[], limits: Partial<LongLimits>) {
  const cutter = new JsonCutter(SHAPE, { ...LONG_LIMITS, ...limits });
  return parts.map((part) => cutter.push(part).map(({ text }) => text));
}

test('items are cut out once the comma behind them is there', () => {
  const limits = { inlineLength: 1 };
  expect(cutParts(['{"long":[1,22,3', '3', ',4', ']}'], limits)).toEqual([
    ['1,22'],
    [],
    ['33'],
    ['4', undefined],
  ]);
  // A comma before the bracket is no JSON. The empty text behind it tells.
  expect(cutParts(['{"long":[1,', ']}'], limits)).toEqual([['1'], ['', undefined]]);
});

test('an item may have exactly its length', () => {
  const limits = { inlineLength: 1, itemLength: 5 };
  expect(cutParts(['{"long":[1,"345"'], limits)).toEqual([['1']]);
  expect(() => cutParts(['{"long":[1,"3456"'], limits)).toThrow(tooMuchIn('an item of a list'));
});

const inText = (json: string): string => JSON.stringify({ text: json });

test('JSON in a text may have 256 levels around its long lists, and any number without one', () => {
  // The list is a level too.
  expect(cut(inText(around(254, '{"long":[1]}'))).places[0]).toHaveLength(256);
  expect(() => cut(inText(around(255, '{"long":[1]}')))).toThrow(tooMuchIn('JSON in text'));
  const deep = inText(around(300, '1'));
  expect(cut(deep)).toMatchObject({ places: [], rest: deep });
});

test('a text that is no JSON string is an error, and one that does not end is not ended', () => {
  expect(() => cut(String.raw`{"text":"\x"}`)).toThrow(
    expect.objectContaining({
      code: 'undecodable',
      message: expect.stringContaining('got no JSON'),
    }),
  );
  expect(cut('{"text":"').rest).toBe('{"text":"');
});

test('the rest may have exactly its length', () => {
  const text = '{"note":"x"}';
  expect(cut(text, { restLength: text.length }).places).toEqual([]);
  expect(() => cut(text, { restLength: text.length - 1 })).toThrow(
    tooMuchIn('the rest of the body'),
  );
});

test.each(['"a"', '}]', ']1,:"a"', '{}}{"a":1}'])(
  'the structure of %s, which is no JSON object, is followed without an error',
  (text) => {
    expect(cut(text).places).toEqual([]);
  },
);
