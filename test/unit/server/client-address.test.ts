import { expect, test } from '@jest/globals';
import { networkOf } from '../../../lib/server/client-address';

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['2001:db8:0:1::1', '2001:DB8:0000:1:ffff::'],
  ['2001:db8::5', '2001:db8:0:0:1::'],
  ['2001:db8::', '2001:db8:0:0:ffff:ffff:ffff:ffff'],
])('%s and %s are one network', (one, other) => {
  expect(networkOf(one)).toBe(networkOf(other));
});

test('an IPv4 address is a network, and so are 64 bits of IPv6', () => {
  const addresses = [
    '192.0.2.1',
    '192.0.2.2',
    '2001:db8::',
    '2001:db8:0:1::',
    '2001:db8:1::',
    '2001::db8',
    '::',
    '',
    'unknown',
  ];
  expect(new Set(addresses.map(networkOf)).size).toBe(addresses.length);
});
