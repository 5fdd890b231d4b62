import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

/**
 * The IP address that a request came from. Each proxy appends the address of its own client to
 * `X-Forwarded-For`. Anybody can forge the entries before those.
 *
 * @param proxies the number of our own proxies in front of the server
 * @see https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/X-Forwarded-For
 */
export function clientAddress(incoming: IncomingMessage, proxies: number): string | undefined {
  const { remoteAddress } = incoming.socket;
  if (proxies === 0) return unmapped(remoteAddress);
  const forwarded = incoming.headersDistinct['x-forwarded-for']?.join(',').split(',') ?? [];
  return unmapped(forwarded.at(-proxies)?.trim() ?? remoteAddress);
}

/** A dual-stack socket reports an IPv4 address as `::ffff:192.0.2.1`. */
const unmapped = (address: string | undefined): string | undefined =>
  address?.replace(/^::ffff:(?=\d+\.)/i, '');

/**
 * The network of one sender: an IPv4 address, or the first 64 bits of an IPv6 address.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4291#section-2.5.4
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [before = [], after = []] = address.split('::').map((part) => part.split(':'));
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return [...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16) || 0)
    .join(':');
}
