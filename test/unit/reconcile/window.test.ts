import { expect, test } from '@jest/globals';
import { windowOf } from '../../../lib/reconcile/window';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 0, 31);
const at = (ms: number): string => new Date(ms).toISOString();

test('a list of everything goes on for 30 days, one of changes for a day', () => {
  const stood = (days: number) => ({ began: at(NOW - days * DAY), cursor: '7' });
  const full = (days: number) => windowOf('full', { fullRest: stood(days) }, new Date(NOW));
  expect(full(29).rest).toEqual(stood(29));
  expect(full(31).rest).toBeUndefined();

  const mark = at(NOW - 2 * DAY);
  // The window begins five minutes before what was compared last.
  const since = at(NOW - 2 * DAY - 300_000);
  const last = (days: number) =>
    windowOf('last', { mark, rest: { ...stood(days), since } }, new Date(NOW));
  expect(last(0.9).rest).toMatchObject({ cursor: '7' });
  expect(last(1.1).rest).toBeUndefined();
});

test('the place of one list is not that of the other', () => {
  const place = { began: at(NOW - 1_000), cursor: '7' };
  expect(windowOf('full', { rest: place }, new Date(NOW)).rest).toBeUndefined();
  expect(windowOf('last', { fullRest: place }, new Date(NOW)).rest).toBeUndefined();
});
