import { describe, expect, test } from '@jest/globals';
import type { AnyEvent } from '../../../lib/consume/event';
import {
  compare,
  compareToMark,
  placeAlone,
  placeOf,
  placeOfValue,
} from '../../../lib/consume/position';
import { buildEvent } from '../../../lib/testing/build-event';

const SEQUENCE = '2026-01-01T00:00:01.000000Z-1';
const event = buildEvent('label.updated', undefined, {
  id: 'a',
  subject: 'label/1',
  sequence: SEQUENCE,
}) as AnyEvent;
const alone = { key: '/labelbox#a', sequence: '-', id: 'a', isLast: true };

describe('the place of an event', () => {
  test('is in the order of its subject', () => {
    const place = { key: '/labelbox/label/1', sequence: SEQUENCE, id: 'a', isLast: false };
    expect(placeOf(event)).toEqual(place);
    expect(placeOfValue(event)).toEqual(place);
  });

  test('is alone without a subject, and no value is stored', () => {
    const { subject: _, ...unordered } = event;
    expect(placeOf(unordered)).toEqual(alone);
    expect(placeOfValue(unordered)).toBeUndefined();
  });

  test('is alone without a sequence, and its value is older than all others', () => {
    const { sequence: _, ...unordered } = event;
    expect(placeOf(unordered)).toEqual(alone);
    const place = placeOfValue(unordered);
    expect(place).toEqual({ key: '/labelbox/label/1', sequence: '-', id: 'a', isLast: false });
    expect(place && compare(place, { sequence: '0001-01-01T00:00:00.000000Z-0', id: '' })).toBe(-1);
  });

  test('is its own for each event that is applied once', () => {
    expect(placeAlone(event)).toEqual(alone);
  });
});

describe('positions', () => {
  test.each([
    [{ sequence: '1', id: 'b' }, { sequence: '2', id: 'a' }, -1],
    [{ sequence: '2', id: 'a' }, { sequence: '1', id: 'b' }, 1],
    [{ sequence: '1', id: 'a' }, { sequence: '1', id: 'b' }, -1],
    [{ sequence: '1', id: 'a' }, { sequence: '1', id: 'a' }, 0],
  ])('%j to %j is %d', (one, other, expected) => {
    expect(compare(one, other)).toBe(expected);
    expect(compareToMark(one, other)).toBe(expected);
  });

  test('a recovered event with the sequence of the mark is a duplicate, whatever its id', () => {
    const mark = { sequence: '2', id: 'a' };
    expect(compareToMark({ sequence: '2', id: 'z', recovered: true }, mark)).toBe(0);
    expect(compareToMark({ sequence: '1', id: 'z', recovered: true }, mark)).toBe(-1);
    expect(compareToMark({ sequence: '3', id: 'z', recovered: true }, mark)).toBe(1);
  });
});
