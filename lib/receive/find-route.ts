import { LabelrelayError } from '../errors';
import type { Request } from './http';

export type Route = { readonly to: 'health' } | { readonly to: 'webhook'; readonly source: string };

const ROUTES: readonly { path: RegExp; method: string; to: Route['to'] }[] = [
  { path: /^\/health\/?$/, method: 'GET', to: 'health' },
  { path: /^\/webhooks\/(?<source>[a-z0-9-]{1,32})\/?$/, method: 'POST', to: 'webhook' },
];

/**
 * @param isSource whether a source of that name is configured
 * @throws LabelrelayError `unknown-route` or `method-not-allowed`
 */
export function findRoute(
  { method, path }: Pick<Request, 'method' | 'path'>,
  isSource: (name: string) => boolean,
): Route {
  for (const route of ROUTES) {
    const match = route.path.exec(path);
    if (!match) continue;
    const source = match.groups?.source ?? '';
    if (route.to === 'webhook' && !isSource(source)) break;
    if (route.method !== method) {
      throw new LabelrelayError('method-not-allowed', `expected ${route.method}, got ${method}`, {
        allow: route.method,
      });
    }
    return { to: route.to, source };
  }
  throw new LabelrelayError('unknown-route', 'expected a route of this receiver, got another path');
}
