import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { escapeJson } from '../../../lib/json/escape';

test.each([
  ['"plain ÿ日本é"', '"plain ÿ日本é"'],
  ['"😀"', '"\\ud83d\\ude00"'],
  [
    '"\u007f\u0085\u00ad\ufeff\ufffe\uffff\u2028\ue000"',
    '"\\u007f\\u0085\\u00ad\\ufeff\\ufffe\\uffff\\u2028\\ue000"',
  ],
])('%s becomes %s', (json, escaped) => {
  expect(escapeJson(json)).toBe(escaped);
});

test('it parses to the same value, and has only characters that SQS accepts', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const escaped = escapeJson(JSON.stringify({ [text]: text }));
      expect(JSON.parse(escaped)).toEqual({ [text]: text });
      expect(escaped).toMatch(/^[\x20-\x7e\u00a0-\ud7ff\uf900-\ufffd]*$/);
    }),
    { numRuns: 1_000 },
  );
});
