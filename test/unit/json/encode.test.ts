import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { encodeJson } from '../../../lib/json/encode';
import { EncodedObject } from '../../../lib/json/encoded-object';
import { escapeJson } from '../../../lib/json/escape';
import { EncodedItems } from '../../../lib/json/long/encoded-items';

const encoded = (value: object): string => encodeJson(value).join('');
const expected = (value: object): string => escapeJson(JSON.stringify(value));

/** One piece is 65,536 characters: each of these has a seam where it hurts. */
const LONG = {
  'printable ASCII with quotes': '"\\'.repeat(70_000),
  'controls and DEL': `${'x'.repeat(65_530)}\n\t\b\u0001\x7f"`.repeat(2),
  'a surrogate pair across the seam': `${'x'.repeat(65_535)}\u{1F600}tail`,
  'half a pair': `${'x'.repeat(65_535)}\ud83d`,
  'letters beyond ASCII': 'é世\u2028'.repeat(30_000),
};

describe('a long text is written as JSON.stringify writes it', () => {
  test.each(Object.entries(LONG))('%s', (_, text) => {
    expect(
      encoded({ native: { label: text }, list: [[text]] }) ===
        expected({ native: { label: text }, list: [[text]] }),
    ).toBe(true);
  });
});

test('any JSON, undefined members included, is written as JSON.stringify writes it', () => {
  const absent = fc.constant(undefined);
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      absent,
      fc.jsonValue(),
      fc.string({ unit: 'binary' }),
      fc.array(tie('any')),
      fc.dictionary(fc.string(), tie('any')),
    ),
  })).any;
  fc.assert(
    fc.property(fc.dictionary(fc.string(), value), (data) => {
      expect(encoded(data)).toBe(expected(data));
    }),
  );
});

const text = (length: number): string => 'x'.repeat(length);
/** A value within so many lists. */
const inLists = (value: unknown, levels: number): unknown =>
  levels === 0 ? value : [inLists(value, levels - 1)];
/** A value within so many objects. */
const inObjects = (value: unknown, levels: number): unknown =>
  levels === 0 ? value : { a: inObjects(value, levels - 1) };

describe('a long value is written in pieces, and what is short is joined', () => {
  test.each<[string, object, number[]]>([
    // The brackets and the quotes are two characters at each end.
    ['a text of 4,096 characters with its quotes', [text(4_094)], [4_098]],
    ['a longer text', [text(4_095)], [1, 4_097, 1]],
    ['a text of 65,536 characters', [text(65_536)], [1, 65_538, 1]],
    ['a longer text, which is cut', [text(65_537)], [2, 65_536, 3]],
    // The brackets, and 50,000 digits with a comma between each two: 100,001 characters.
    ['many short values', Array(50_000).fill(1), [65_536, 1, 34_464]],
    ['a text that was received', new EncodedObject(['{"a":"', text(65_537), '"}']), [6, 65_536, 3]],
    ['a text within four lists', inLists(text(65_537), 4) as object, [5, 65_536, 6]],
    ['a text within five lists, which is one', inLists(text(65_537), 5) as object, [4, 65_541, 4]],
    // `{"a":` is five characters.
    ['a text within four objects', inObjects(text(65_537), 4) as object, [21, 65_536, 6]],
    ['a text within five objects', inObjects(text(65_537), 5) as object, [20, 65_545, 4]],
  ])('%s', (_, value, lengths) => {
    const pieces = encodeJson(value);
    expect(pieces.map(({ length }) => length)).toEqual(lengths);
    expect(pieces.join('') === JSON.stringify(value)).toBe(true);
  });
});

test('items and objects that are encoded already are written as they are', () => {
  const value = {
    items: new EncodedItems(['1,"\u{1f600}"', '{"b" : null}']),
    object: new EncodedObject(['{"c":"', '\\u0041', '"}']),
  };
  expect(encoded(value)).toBe(
    '{"items":[1,"\\ud83d\\ude00",{"b" : null}],"object":{"c":"\\u0041"}}',
  );
});
