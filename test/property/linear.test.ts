import { describe, expect, test } from '@jest/globals';
import { BodyCutter } from '../../lib/json/long/cut/read-pieces';
import { eachPlatform } from '../support/each-platform';

const BODY = 300_000;
/** A pattern that is quadratic takes a billion steps for it, which are a second or more. */
const TEXT = 50_000;

/** Texts that a pattern may look through again and again. */
const RUNS: Record<string, (unit: string) => string> = {
  plain: (unit) => unit,
  'a word': (unit) => `token ${unit}`,
  'in brackets': (unit) => `[token] ${unit}`,
  'an address': (unit) => `https://x/?token=${unit}`,
  'JSON text': (unit) => `{"token":"${unit}`,
};
const UNITS = [
  'a',
  '://',
  '?',
  '&',
  ' ',
  '\\u0041',
  '%74',
  '-',
  '.',
  '1',
  '[',
  '{"',
  'token=',
  ';',
];

test.each(['[', '{"a":', '{"b":"","a":', '[[],'])(
  'a body of any depth costs time by its length: %s',
  (unit) => {
    for (const [, { largeShape }] of eachPlatform) {
      const cutter = new BodyCutter(largeShape);
      const began = process.cpuUsage();
      cutter.push(Buffer.from(`{"a":${unit.repeat(BODY / unit.length)}`));
      expect(process.cpuUsage(began).user).toBeLessThan(2_000_000);
      expect(cutter.cutter.depth).toBeGreaterThan(256);
    }
  },
);

describe.each(eachPlatform)('%s', (_, platform) => {
  test.each(Object.keys(RUNS))('a long text costs time by its length: %s', (kind) => {
    for (const unit of UNITS) {
      const text = RUNS[kind]?.(unit.repeat(TEXT / unit.length)) ?? '';
      const label = {
        id: text,
        label: text,
        updatedAt: text,
        dataRow: { id: text, rowData: text },
      };
      const result = [{ id: text, type: text, value: { text, labels: [text] } }];
      const body = {
        ...label,
        action: 'ANNOTATION_CREATED',
        url: text,
        note: text,
        annotation: { id: 1, result, created_at: text },
        project: { id: 1, label_config: text, title: text },
      };
      const began = process.cpuUsage();
      platform.normalize(platform.redact(body), { 'x-labelbox-event': 'LABEL_UPDATED' });
      // A linear one takes a tenth of this. In microseconds, and of this process alone: the machine may be busy.
      expect(process.cpuUsage(began).user).toBeLessThan(500_000);
    }
  });
});
