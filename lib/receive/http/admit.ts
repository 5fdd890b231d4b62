import { type BlockList, isIPv6 } from 'node:net';
import { readCredentials } from '../../platforms/read-credentials';
import type { Source } from '../delivery';
import type { Journal } from '../log/journal';
import { refuse } from '../verify/judge';
import { findRoute, type Route } from './find-route';
import type { Request } from './http';

/** The addresses that a source may send from. A source that is not in it may send from anywhere. */
export type AllowLists = ReadonlyMap<string, BlockList>;

interface Settings {
  readonly sources: ReadonlyMap<string, Source>;
  readonly allowLists: AllowLists;
}

type WithoutBody = Omit<Request, 'body'>;

/**
 * Finds the route of a request, and checks the sender's address.
 *
 * @throws LabelrelayError `unknown-route`, `method-not-allowed`, `unauthenticated`
 */
export function admit(request: WithoutBody, settings: Settings, journal: Journal): Route {
  const route = findRoute(request, settings.sources);
  if (route.to === 'health') return route;
  const { name } = route.source;
  journal.note({ source: name });
  if (!isAllowed(request.address, name, settings)) refuse('address', name, journal);
  return route;
}

/**
 * Whether a request may be accepted, as far as is known before its body. If not, `receive` answers it without the
 * body.
 */
export function passesPrecheck(request: WithoutBody, settings: Settings): boolean {
  const route = routeOf(request, settings);
  if (!route || route.to === 'health') return false;
  const { platform, name } = route.source;
  return (
    isAllowed(request.address, name, settings) &&
    readCredentials(platform.schemes, request.headers).length > 0
  );
}

function routeOf(request: WithoutBody, { sources }: Settings): Route | undefined {
  try {
    return findRoute(request, sources);
  } catch {
    return undefined;
  }
}

function isAllowed(address = '', source: string, { allowLists }: Settings): boolean {
  const allowed = allowLists.get(source);
  return !allowed || allowed.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
