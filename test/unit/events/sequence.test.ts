import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { order } from '../../../lib/events/order';
import { RANK, sequence } from '../../../lib/events/sequence';

test('a time with a rank, six fraction digits whatever came', () => {
  expect(sequence('2023-02-13T18:22:46Z', RANK.created)).toBe('2023-02-13T18:22:46.000000Z-0');
  expect(sequence('2023-02-13T18:22:46.5Z', RANK.updated)).toBe('2023-02-13T18:22:46.500000Z-1');
  expect(sequence('2023-02-13T18:22:46.123456789Z', RANK.deleted)).toBe(
    '2023-02-13T18:22:46.123456Z-2',
  );
});

test('without a time only a deletion is ordered, after everything else', () => {
  expect(sequence(undefined, RANK.created)).toBeUndefined();
  expect(sequence(undefined, RANK.updated)).toBeUndefined();
  expect(sequence(undefined, RANK.deleted)).toBe('9999-12-31T23:59:59.999999Z-2');
});

test('sequences sort as strings as their moments do, and by rank within one', () => {
  const time = fc.date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59Z'),
    noInvalidDate: true,
  });
  const rank = fc.constantFrom(...Object.values(RANK));
  fc.assert(
    fc.property(time, rank, time, rank, (a, rankA, b, rankB) => {
      const [one, two] = [sequence(a.toISOString(), rankA), sequence(b.toISOString(), rankB)];
      const byMoment = Math.sign(a.getTime() - b.getTime() || rankA - rankB);
      expect(one === two ? 0 : (one ?? '') < (two ?? '') ? -1 : 1).toBe(byMoment);
    }),
  );
});

test('a subject needs every id of its path', () => {
  const time = '2023-02-13T18:22:46Z';
  expect(order(['label', 'a'], time, 1)).toEqual({
    subject: 'label/a',
    sequence: '2023-02-13T18:22:46.000000Z-1',
  });
  expect(order(['label', undefined], time, 1)).toEqual({});
  expect(order(['label', ''], time, 1)).toEqual({});
  expect(order(['label', 'x'.repeat(257)], undefined, 2)).toEqual({});
});
