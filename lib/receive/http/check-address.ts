import type { BlockList } from 'node:net';
import { isIPv6 } from 'node:net';
import type { Source } from '../delivery';
import type { Journal } from '../log/journal';
import { refuse } from '../verify/authenticate';
import type { Request } from './http';

/** The addresses that a source may send from; a source that is not named may send from anywhere. */
export type AllowLists = ReadonlyMap<string, BlockList>;

/** @throws LabelrelayError `unauthenticated` */
export function checkAddress(
  { address }: Pick<Request, 'address'>,
  { name }: Source,
  allowLists: AllowLists,
  journal: Journal,
): void {
  if (!isAllowed(address, name, allowLists)) refuse('address', name, journal);
}

/** @param name of a source */
export function isAllowed(address = '', name: string, allowLists: AllowLists): boolean {
  const allowed = allowLists.get(name);
  return !allowed || allowed.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
