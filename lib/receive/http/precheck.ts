import { readCredentials } from '../../platforms/read-credentials';
import type { Source } from '../delivery';
import { type AllowLists, isAllowed } from './check-address';
import { findRoute, type Route } from './find-route';
import type { Request } from './http';

/**
 * Whether a request may be accepted, by all but its body. What may not is answered by `receive`, with
 * whatever is said of its credentials, address or route.
 */
export function passesPrecheck(
  request: Omit<Request, 'body'>,
  settings: { readonly sources: ReadonlyMap<string, Source>; readonly allowLists: AllowLists },
): boolean {
  const route = routeOf(request, settings.sources);
  if (!route || route.to === 'health') return false;
  const { platform, name } = route.source;
  return (
    isAllowed(request.address, name, settings.allowLists) &&
    readCredentials(platform.schemes, request.headers).length > 0
  );
}

function routeOf(
  request: Omit<Request, 'body'>,
  sources: ReadonlyMap<string, Source>,
): Route | undefined {
  try {
    return findRoute(request, sources);
  } catch {
    return undefined;
  }
}
