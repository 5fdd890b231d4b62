import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';

/**
 * The IP address that a request came from. Each proxy adds to `X-Forwarded-For` whom it had it from;
 * what stands before that anybody can write there.
 *
 * @param proxies how many proxies of ours are in front
 * @see https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/X-Forwarded-For
 */
export function clientAddress(incoming: IncomingMessage, proxies: number): string | undefined {
  const { remoteAddress } = incoming.socket;
  if (proxies === 0) return unmapped(remoteAddress);
  const forwarded = incoming.headersDistinct['x-forwarded-for']?.join(',').split(',') ?? [];
  return unmapped(forwarded.at(-proxies)?.trim() ?? remoteAddress);
}

/** A socket of both families gives an IPv4 address as `::ffff:192.0.2.1`. */
const unmapped = (address: string | undefined): string | undefined =>
  address?.replace(/^::ffff:(?=\d+\.)/i, '');

/**
 * The network that one sender has: an IPv4 address, or the first 64 bits of an IPv6 address.
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
