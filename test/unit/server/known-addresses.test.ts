import { expect, test } from '@jest/globals';
import { KnownAddresses } from '../../../lib/server/known-addresses';

test('of IPv4 it is the address, of IPv6 the network of 64 bits, however it is written', () => {
  const known = new KnownAddresses();
  known.add('192.0.2.1');
  known.add('2001:db8:0:1::1');
  known.add('2001:db8::5');
  const yes = ['192.0.2.1', '2001:DB8:0000:1:ffff::', '2001:db8:0:0:1::', '2001:db8::'];
  const no = ['192.0.2.2', '2001:db8:0:2::1', '2001:db8:1::', '2001::db8', '::', '', 'unknown'];
  expect(yes.map((address) => known.has(address))).toEqual(yes.map(() => true));
  expect(no.map((address) => known.has(address))).toEqual(no.map(() => false));
});

test('each for a day since it was last seen, and of very many the newest', () => {
  let now = 0;
  const known = new KnownAddresses(() => now);
  known.add('a');
  known.add('b');
  now = 80_000_000;
  known.add('a');
  now = 86_400_000;
  expect([known.has('a'), known.has('b')]).toEqual([true, false]);
  for (let count = 0; count < 4_095; count++) known.add(String(count));
  expect([known.has('a'), known.has('0')]).toEqual([true, true]);
  known.add('last');
  expect([known.has('a'), known.has('0')]).toEqual([false, true]);
});
