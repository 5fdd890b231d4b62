import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { order } from '../../../lib/events/order';
import { byLife, bySnapshot, byVersion, lifeOf, RANK } from '../../../lib/events/sequence';

const RECEIVED = '2026-11-20T12:00:00.250Z';
const time = fc
  .date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59Z'),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString());
const rank = fc.constantFrom(...Object.values(RANK));

const compare = (one = '', other = ''): number => (one === other ? 0 : one < other ? -1 : 1);

describe('by version', () => {
  test('a time with a rank, six fraction digits whatever came', () => {
    expect(byVersion('2023-02-13T18:22:46Z', RANK.created)(RECEIVED)).toBe(
      '2023-02-13T18:22:46.000000Z-0',
    );
    expect(byVersion('2023-02-13T18:22:46.5Z', RANK.updated)(RECEIVED)).toBe(
      '2023-02-13T18:22:46.500000Z-1',
    );
    expect(byVersion('2023-02-13T18:22:46.123456789Z', RANK.deleted)(RECEIVED)).toBe(
      '2023-02-13T18:22:46.123456Z-2',
    );
  });

  test('without a time only a deletion is ordered, after everything else', () => {
    expect(byVersion(undefined, RANK.created)(RECEIVED)).toBeUndefined();
    expect(byVersion(undefined, RANK.updated)(RECEIVED)).toBeUndefined();
    expect(byVersion(undefined, RANK.deleted)(RECEIVED)).toBe('9999-12-31T23:59:59.999999Z-2');
  });

  test('sequences sort as strings as their moments do, and by rank within one', () => {
    fc.assert(
      fc.property(time, rank, time, rank, (a, rankA, b, rankB) => {
        const byMoment = Math.sign(Date.parse(a) - Date.parse(b) || rankA - rankB);
        const [one, two] = [byVersion(a, rankA)(RECEIVED), byVersion(b, rankB)(RECEIVED)];
        expect(compare(one, two)).toBe(byMoment);
      }),
    );
  });
});

describe('by life', () => {
  const CREATED = '2026-11-20T10:00:00.000001Z';

  test('when it was created, then its version', () => {
    expect(byLife(CREATED, '2026-11-20T11:00:00Z', RANK.updated)(RECEIVED)).toBe(
      '2026-11-20T10:00:00.000001Z/2026-11-20T11:00:00.000000Z-1',
    );
  });

  test('created later than it was received: the clock of the platform is ahead', () => {
    const ahead = '2026-11-20T12:00:03Z';
    expect(byLife(ahead, ahead, RANK.created)(RECEIVED)).toBe(
      '2026-11-20T12:00:00.250000Z/2026-11-20T12:00:03.000000Z-0',
    );
  });

  test('a deletion ends subjects created before it was received, whatever their times', () => {
    for (const [createdAt, updatedAt] of [[], [CREATED, CREATED]]) {
      expect(byLife(createdAt, updatedAt, RANK.deleted)(RECEIVED)).toBe(
        '2026-11-20T12:00:00.250000Z/9999-12-31T23:59:59.999999Z-2',
      );
    }
  });

  test('without the time of creation, or of the version, there is no order', () => {
    expect(byLife(undefined, CREATED, RANK.created)(RECEIVED)).toBeUndefined();
    expect(byLife(CREATED, undefined, RANK.updated)(RECEIVED)).toBeUndefined();
  });

  test('a deletion is between subjects created before and after its receipt', () => {
    fc.assert(
      fc.property(time, time, time, rank, (createdAt, updatedAt, deletedAt, changed) => {
        fc.pre(changed !== RANK.deleted);
        // For every receipt at the time of creation or later.
        const event = byLife(createdAt, updatedAt, changed)('9999-12-31T23:59:59.999Z');
        const deletion = byLife(undefined, undefined, RANK.deleted)(deletedAt);
        expect(compare(event, deletion)).toBe(createdAt <= deletedAt ? -1 : 1);
      }),
    );
  });

  test('its life can be read', () => {
    const sequence = byLife(CREATED, CREATED, RANK.created)(RECEIVED);
    expect(lifeOf(sequence)).toBe(CREATED);
    expect(lifeOf(byVersion(CREATED, RANK.created)(RECEIVED))).toBeUndefined();
    expect(lifeOf(undefined)).toBeUndefined();
  });
});

describe('by snapshot', () => {
  const rounded = '2026-11-20T11:00:01Z';
  const at = (fraction: string): string => `2026-11-20T11:00:00.${fraction}Z`;
  const snapshot = (activity?: string, content?: string, isDeletion = false) =>
    bySnapshot({ activity, content, isDeletion })(RECEIVED);

  test('two edits within the second that the activity is rounded up to', () => {
    expect(snapshot(rounded, at('300'))).toBe(
      '2026-11-20T11:00:01.000000Z/2026-11-20T11:00:00.300000Z-1',
    );
    expect(compare(snapshot(rounded, at('300')), snapshot(rounded, at('301')))).toBe(-1);
  });

  test('content that is newer than the activity counts as activity', () => {
    expect(snapshot('2026-11-20T10:00:00Z', at('5'))).toBe(
      '2026-11-20T11:00:00.500000Z/2026-11-20T11:00:00.500000Z-1',
    );
  });

  test('a deletion is newer than changes of the same second, and older than later ones', () => {
    const deletion = snapshot(rounded, at('100'), true);
    expect(deletion).toBe('2026-11-20T11:00:01.000000Z/2026-11-20T12:00:00.250000Z-1');
    expect(compare(snapshot(rounded, at('900')), deletion)).toBe(-1);
    const later = snapshot('2026-11-20T11:00:02Z', '2026-11-20T11:00:01.100Z');
    expect(compare(deletion, later)).toBe(-1);
  });

  test('a deletion of the only label', () => {
    expect(snapshot(rounded, undefined, true)).toBe(
      '2026-11-20T11:00:01.000000Z/2026-11-20T12:00:00.250000Z-1',
    );
  });

  test('a row without the time of its activity', () => {
    const received = '2026-11-20T12:00:00.250000Z';
    expect(snapshot(undefined, at('5'))).toBe(
      '2026-11-20T11:00:00.500000Z/2026-11-20T11:00:00.500000Z-1',
    );
    for (const content of [at('5'), undefined]) {
      expect(snapshot(undefined, content, true)).toBe(`${received}/${received}-1`);
    }
  });

  test('a content that is newer than the receipt of a deletion', () => {
    const ahead = '2026-11-20T12:00:01.000000Z';
    expect(snapshot(undefined, ahead, true)).toBe(`${ahead}/${ahead}-1`);
  });

  test('before the first content of the same second there was none', () => {
    expect(snapshot(rounded)).toBe('2026-11-20T11:00:01.000000Z/0001-01-01T00:00:00.000000Z-1');
    expect(compare(snapshot(rounded), snapshot(rounded, at('001')))).toBe(-1);
    expect(snapshot()).toBeUndefined();
  });
});

test('a subject needs every id of its path', () => {
  const sequence = byVersion('2023-02-13T18:22:46Z', RANK.updated);
  expect(order(['label', 'a'], sequence)).toEqual({ subject: 'label/a', sequence });
  expect(order(['label', undefined], sequence)).toEqual({});
  expect(order(['label', ''], sequence)).toEqual({});
  expect(order(['label', 'x'.repeat(257)], sequence)).toEqual({});
});
