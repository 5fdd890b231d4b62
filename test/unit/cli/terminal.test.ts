import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { plain } from '../../../cli/terminal/plain';
import { table } from '../../../cli/terminal/table';
import { toJson } from '../../../cli/terminal/to-json';
import { disturb } from '../../../lib/testing/disturb';

/** Terminal escapes, their C1 forms, and characters that change the direction of text, except newlines. */
const RANGES = [
  [0x00, 0x09],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2066, 0x2069],
] as const;
const steers = (text: string): boolean =>
  [...text].some((character) => {
    const code = character.codePointAt(0) ?? 0;
    return RANGES.some(([first, last]) => code >= first && code <= last);
  });
const anyText = fc.string({ unit: 'binary', maxLength: 60 });

describe('texts from outside', () => {
  test('cannot control a terminal', () => {
    fc.assert(fc.property(anyText, (text) => !steers(plain(text)) && !plain(text).includes('\n')));
    fc.assert(fc.property(anyText, (text) => !steers(toJson({ text }))));
    expect(plain('a\u001b[31mb\u202ec')).toBe('a [31mb c');
  });

  test('are the same in JSON', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(JSON.parse(toJson({ text }))).toEqual({ text });
      }),
    );
  });
});

describe('a table', () => {
  const columns = [
    { head: 'ID', value: ({ id }: { id: string }) => id },
    { head: 'URL', value: ({ url }: { url: string }) => url, shrinks: true },
  ];
  const rows = [{ id: 'w-1', url: `https://hooks.example.com/${'x'.repeat(200)}` }];

  test('is no wider than the terminal, and marks where it is cut', () => {
    const lines = table(rows, columns, 80).split('\n');
    expect(lines.map((line) => line.length)).toEqual([8, 80]);
    // 75 are left for the URL: one for the mark, and half of the others for its end.
    expect(lines[1]).toBe(`w-1  ${rows[0]?.url.slice(0, 37)}…${'x'.repeat(37)}`);
  });

  test('loses its extra columns first, beginning with the last', () => {
    const more = [
      ...columns,
      { head: 'A', value: () => 'a'.repeat(10), isExtra: true },
      { head: 'B', value: () => 'b'.repeat(10), isExtra: true },
    ];
    const short = [{ id: 'w-1', url: 'https://example.com/' }];
    // 3 + 2 + 20, and 2 + 10 for each of the others.
    expect(table(short, more, 49)).toContain('b');
    expect(table(short, more, 48)).toMatch(/a+$/);
    expect(table(short, more, 36)).toMatch(/com\/$/);
  });

  test('is not cut without a terminal', () => {
    expect(table(rows, columns, undefined)).toContain('x'.repeat(200));
  });
});

describe('disorder', () => {
  const deliveries = Array.from({ length: 50 }, (_, n) => n);

  test('is the same for the same seed, and differs for another', () => {
    const disorder = { shuffle: true, duplicate: 0.2 };
    const once = disturb(deliveries, { ...disorder, seed: 7 });
    expect(disturb(deliveries, { ...disorder, seed: 7 })).toEqual(once);
    expect(disturb(deliveries, { ...disorder, seed: 8 })).not.toEqual(once);
  });

  test('loses nothing, and duplicates exactly the given share', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 0, max: 50 }),
        fc.boolean(),
        (seed, doubles, shuffle) => {
          const sent = disturb(deliveries, { shuffle, duplicate: doubles / 50, seed });
          expect(new Set(sent).size).toBe(50);
          expect(sent).toHaveLength(50 + doubles);
          if (!shuffle) expect(sent).toEqual([...sent].sort((one, other) => one - other));
        },
      ),
    );
  });
});
