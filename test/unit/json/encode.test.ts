import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { encodeJson } from '../../../lib/json/encode';
import { escapeJson } from '../../../lib/json/escape';

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
