import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judgeSilence } from '../../../lib/silence/judge-silence';
import { watchSilence } from '../../../lib/silence/watch-silence';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** A Monday. */
const MONDAY = Date.parse('2026-11-02T00:00:00Z');
/** The Monday after four weeks. */
const NOW = MONDAY + 4 * WEEK;

/** Every so often between two moments. */
const every = (step: number, from: number, to: number): number[] =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => from + index * step);

/** It is silent from this moment on, to the minute. */
function expectSilentFrom(moment: number, heard: readonly number[], fixedHours?: number): void {
  const isSilent = (now: number) => judgeSilence(heard, now, fixedHours).isSilent;
  const found = [heard.at(-1) ?? 0, moment - MINUTE, moment, moment + WEEK].map(isSilent);
  expect(found).toEqual([false, false, true, true]);
}

describe('a source that sends all day and night', () => {
  test('may be silent for three times its longest gap', () => {
    const heard = every(HOUR, MONDAY, NOW);
    // One gap of four hours: at 10:00, 11:00 and 12:00 of a Wednesday nothing came.
    const gap = MONDAY + 9 * DAY + 9 * HOUR;
    const withGap = heard.filter((time) => time <= gap || time >= gap + 4 * HOUR);
    // The last delivery came on Sunday at 23:00. 3 x 1 h and 3 x 4 h later it is Monday.
    expectSilentFrom(NOW + 2 * HOUR, heard);
    expectSilentFrom(NOW + 11 * HOUR, withGap);
  });

  test('may be silent for an hour at least, and for 48 at most', () => {
    // 3 x 5 minutes are less than an hour.
    expectSilentFrom(NOW - 5 * MINUTE + HOUR, every(5 * MINUTE, MONDAY, NOW));
    // Three days of silence would allow nine.
    const gap = MONDAY + 7 * DAY;
    const heard = every(HOUR, MONDAY, NOW).filter((time) => time < gap || time >= gap + 3 * DAY);
    expectSilentFrom(NOW - HOUR + 48 * HOUR, heard);
  });

  test('may be silent for as long as is set, also less and more than that', () => {
    const heard = every(HOUR, MONDAY, NOW);
    expectSilentFrom(NOW - HOUR + 30 * MINUTE, heard, 0.5);
    expectSilentFrom(NOW - HOUR + 100 * HOUR, heard, 100);
    for (const now of every(DAY, NOW, NOW + 2 * WEEK)) {
      expect(judgeSilence(heard, now, 0).isSilent).toBe(false);
    }
  });
});

describe('a source that sends in office hours', () => {
  /** Monday to Friday from 9:00 to 16:55, every five minutes. */
  const office = every(5 * MINUTE, MONDAY, NOW).filter((time) => {
    const hour = Math.floor((time % DAY) / HOUR);
    const day = Math.floor((time - MONDAY) / DAY) % 7;
    return day < 5 && hour >= 9 && hour < 17;
  });

  test('is not silent at night, and not over the weekend', () => {
    for (const now of every(HOUR, NOW - 3 * DAY + 17 * HOUR, NOW + 9 * HOUR)) {
      expect(judgeSilence(office, now).isSilent).toBe(false);
    }
    // It was last heard on Friday at 16:55: five minutes of Friday and 55 of Monday are an hour.
    expectSilentFrom(NOW + 9 * HOUR + 55 * MINUTE, office);
  });

  test('has no gap over a night that would allow a longer silence', () => {
    const friday = NOW - 3 * DAY;
    const until = office.filter((time) => time < friday + 11 * HOUR);
    // 10:55 and one hour.
    expectSilentFrom(friday + 11 * HOUR + 55 * MINUTE, until);
  });
});

describe('a source without habits', () => {
  test.each([
    ['that was never heard', []],
    ['that was tried on two days', [...every(MINUTE, NOW, NOW + HOUR), NOW + DAY]],
    ['whose last delivery is over four weeks ago', every(HOUR, MONDAY - 6 * WEEK, MONDAY - WEEK)],
  ])('%s is not silent', (_, heard) => {
    for (const now of every(HOUR, NOW + 2 * DAY, NOW + 2 * WEEK)) {
      expect(judgeSilence(heard, now).isSilent).toBe(false);
    }
  });
});

test('a delivery ends a silence, whatever came before', () => {
  const moments = fc.array(fc.integer({ min: MONDAY, max: NOW }), { maxLength: 50 });
  fc.assert(
    fc.property(moments, (times) => {
      const heard = [...times, NOW].sort((one, other) => one - other);
      expect(judgeSilence(heard, NOW)).toMatchObject({ lastHeard: NOW, hours: 0, isSilent: false });
    }),
  );
});

test('the metric of a source is written while it has stopped', async () => {
  const heard = every(HOUR, MONDAY, NOW - DAY);
  const lines: unknown[] = [];
  await watchSilence(
    {
      sources: new Map([
        ['stopped', 1],
        ['new', 1],
        ['off', 1],
      ]),
      silenceHours: new Map([['off', 0]]),
    },
    async (source, since) => (source === 'new' ? [] : heard.filter((time) => time >= since)),
    { log: (level, message, fields, metrics) => lines.push([level, message, fields, metrics]) },
    NOW,
  );
  const lastHeard = '2026-11-28T23:00:00.000Z';
  expect(lines).toEqual([
    [
      'warn',
      'source has stopped sending',
      { source: 'stopped', lastHeard, hours: 25, limitHours: 3 },
      new Map([['Silent', 1]]),
    ],
    ['info', 'source is not silent', { source: 'new', hours: 0 }, undefined],
    ['info', 'source is not silent', { source: 'off', lastHeard, hours: 25 }, undefined],
  ]);
});
