import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toUtc } from '../../../lib/events/timestamp';

test.each([
  ['2021-03-17T13:51:59Z', '2021-03-17T13:51:59Z'],
  ['2021-03-11T18:22:08.523Z', '2021-03-11T18:22:08.523Z'],
  ['2025-01-07T01:41:26.000+00:00', '2025-01-07T01:41:26.000Z'],
  ['2023-04-16T17:04:23.123456+02:00', '2023-04-16T15:04:23.123456Z'],
  ['2023-12-31T23:30:00-01:00', '2024-01-01T00:30:00Z'],
  ['2024-02-29 12:00:00z', '2024-02-29T12:00:00Z'],
  ['2000-02-29T12:00:00Z', '2000-02-29T12:00:00Z'],
  ['2023-01-31T12:00:00+00:01', '2023-01-31T11:59:00Z'],
  ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.999999Z'],
  ['2017-01-01T00:59:60.5+01:00', '2016-12-31T23:59:59.999999Z'],
  ['2023-01-01T00:00:00.0123456789Z', '2023-01-01T00:00:00.012345678Z'],
])('%s is %s', (given, utc) => {
  expect(toUtc(given)).toBe(utc);
});

test.each([
  undefined,
  null,
  1_700_000_000,
  '',
  'yesterday',
  '2023-01-01',
  '2023-01-01T00:00:00',
  '2023-02-30T00:00:00Z',
  '2023-02-29T00:00:00Z',
  '2023-04-31T00:00:00Z',
  '2023-12-32T00:00:00Z',
  '2023-01-00T00:00:00Z',
  '2023-00-01T00:00:00Z',
  '2023-13-01T00:00:00Z',
  '2023-01-01T24:00:00Z',
  '2023-01-01T23:60:00Z',
  '2023-01-01T23:59:61Z',
  '2023-01-01T00:00:00.Z',
  '2023-01-01T00:00:00+24:00',
  '0000-01-01T00:00:00+01:00',
  '9999-12-31T23:59:59-00:01',
  ' 2023-01-01T00:00:00Z',
])('%j is no time', (given) => {
  expect(toUtc(given)).toBeUndefined();
});

test('whatever the offset, it is the moment that Date reads', () => {
  const offset = fc.tuple(fc.constantFrom('+', '-'), fc.nat(23), fc.nat(59));
  const date = fc.date({
    min: new Date('0001-01-02T00:00:00Z'),
    max: new Date('9999-12-30T00:00:00Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(date, offset, (moment, [sign, hours, minutes]) => {
      const two = (number: number) => String(number).padStart(2, '0');
      const text = `${moment.toISOString().slice(0, -1)}${sign}${two(hours)}:${two(minutes)}`;
      expect(new Date(toUtc(text) ?? '').getTime()).toBe(new Date(text).getTime());
    }),
  );
});
