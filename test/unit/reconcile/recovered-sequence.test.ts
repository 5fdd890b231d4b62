import { expect, test } from '@jest/globals';
import { oneLater, sequenceOver } from '../../../lib/reconcile/recovered-sequence';

test('one microsecond later sorts after every time, also after the greatest', () => {
  const steps = [
    ['2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000001Z'],
    ['2026-12-31T23:59:59.999999Z', '2027-01-01T00:00:00.000000Z'],
    // The end of the last day with four digits of the year.
    ['9999-12-31T23:59:59.999999Z', '9999-12-31T24:00:00.000000Z'],
    ['9999-12-31T24:00:00.000000Z', '9999-12-31T24:00:00.000001Z'],
  ] as const;
  for (const [time, later] of steps) {
    expect(oneLater(time)).toBe(later);
    expect(later > time).toBe(true);
  }
});

test('a label of version 1 that is there after a deletion without a time is newer than the deletion', () => {
  const deleted = '9999-12-31T23:59:59.999999Z-2';
  const back = sequenceOver('2026-01-01T00:00:00.000000Z-1', deleted);
  expect(back).toBe('9999-12-31T24:00:00.000000Z-1');
  expect(back > deleted).toBe(true);
  expect(sequenceOver('2026-01-02T00:00:00.000000Z-1', back)).toBe('9999-12-31T24:00:00.000001Z-1');
});
