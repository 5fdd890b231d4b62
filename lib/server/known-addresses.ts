import { isIPv6 } from 'node:net';

const DAY_MS = 86_400_000;
/** How many are remembered: the newest. */
const MOST = 4_096;

/** Where something authentic came from within a day. Of IPv6, a network is what one sender has. */
export class KnownAddresses {
  /** When that was, by network, the oldest first. */
  readonly #seen = new Map<string, number>();

  constructor(readonly now: () => number = Date.now) {}

  add(address: string): void {
    const network = networkOf(address);
    this.#seen.delete(network);
    this.#seen.set(network, this.now());
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > MOST && oldest !== undefined) this.#seen.delete(oldest);
  }

  has(address: string): boolean {
    const seen = this.#seen.get(networkOf(address));
    return seen !== undefined && this.now() - seen < DAY_MS;
  }
}

/** Of IPv6 the first 64 bits. @see https://www.rfc-editor.org/rfc/rfc4291#section-2.5.4 */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [before = [], after = []] = address.split('::').map((part) => part.split(':'));
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return [...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16) || 0)
    .join(':');
}
