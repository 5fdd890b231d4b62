import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { piecesOf, placeOf, withoutTags } from '../../../../inspector/draw/text-spans';

const spans = fc.array(
  fc
    .tuple(fc.nat(30), fc.nat(30))
    .map(([one, other]) => ({ from: Math.min(one, other), to: Math.max(one, other) })),
  { maxLength: 8 },
);

test('the pieces of a text are the text, and each has the spans that cover it', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 25 }), spans, (text, all) => {
      const pieces = piecesOf(text, all);
      expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      let at = 0;
      for (const piece of pieces) {
        const covering = all.flatMap(({ from, to }, index) =>
          from <= at && at < to ? [index] : [],
        );
        expect([...piece.spans].sort()).toEqual(covering);
        at += piece.text.length;
      }
    }),
  );
});

test('a quote tells UTF-16 units from characters', () => {
  const text = '😀😀 cat';
  // Two smiles are four units and two characters.
  expect(placeOf(text, { start: 5, end: 8, quote: 'cat' })).toEqual({ from: 5, to: 8 });
  expect(placeOf(text, { start: 3, end: 6, quote: 'cat' })).toEqual({ from: 5, to: 8 });
  expect(placeOf(text, { start: 3, end: 6 })).toEqual({ from: 3, to: 6 });
});

test('a quote is found elsewhere only if it is there once', () => {
  expect(placeOf('a cat', { start: 0, end: 3, quote: 'cat' })).toEqual({ from: 2, to: 5 });
  expect(placeOf('cat cat', { start: 1, end: 4, quote: 'cat' })).toBeUndefined();
  expect(placeOf('dog', { quote: 'cat' })).toBeUndefined();
  expect(placeOf('dog', { start: 2, end: 9 })).toBeUndefined();
  expect(placeOf('dog', { start: 2, end: 1 })).toBeUndefined();
});

test('tags are no text, and signs that are no tags are', () => {
  expect(withoutTags('<p class="a">The <b>cat</b> &amp; &#100;og</p><!-- no -->')).toBe(
    'The cat & dog',
  );
  expect(withoutTags('<style>p { }</style>1 < 2 > 0 &unknown;')).toBe('1 < 2 > 0 &unknown;');
});
