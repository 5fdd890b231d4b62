import { LabelrelayError } from '../../errors';
import type { TrainingAnswer } from '../../platforms/platform';
import type { Source } from '../delivery';
import type { Request } from './http';

export type Route =
  | { readonly to: 'health' }
  | { readonly to: 'delivery'; readonly source: Source }
  | { readonly to: 'training'; readonly source: Source; readonly answer: TrainingAnswer };

interface Candidate {
  readonly method: string;
  readonly route: Route;
}

/**
 * Finds the route of a request.
 *
 * @param sources the sources by name
 * @throws LabelrelayError `unknown-route` or `method-not-allowed`
 */
export function findRoute(
  { method, path }: Pick<Request, 'method' | 'path'>,
  sources: ReadonlyMap<string, Source>,
): Route {
  const candidate = findCandidate(path.replace(/(?<=[^/])\/$/, ''), sources);
  if (!candidate) throw new LabelrelayError('unknown-route', 'expected a route of this receiver');
  if (candidate.method !== method) {
    const message = `expected ${candidate.method}, got ${method}`;
    throw new LabelrelayError('method-not-allowed', message, { allow: candidate.method });
  }
  return candidate.route;
}

function findCandidate(path: string, sources: ReadonlyMap<string, Source>): Candidate | undefined {
  if (path === '/health') return { method: 'GET', route: { to: 'health' } };
  const [, face, name = '', endpoint] =
    /^\/(webhooks|training)\/([^/]+)(?:\/([^/]+))?$/.exec(path) ?? [];
  const source = sources.get(name);
  if (!source) return undefined;
  if (face === 'training') return findTraining(source, endpoint);
  return endpoint === undefined ? { method: 'POST', route: { to: 'delivery', source } } : undefined;
}

function findTraining(source: Source, endpoint = ''): Candidate | undefined {
  const { training = {} } = source.platform;
  const found = Object.hasOwn(training, endpoint) ? training[endpoint] : undefined;
  if (!found) return undefined;
  const { method, answer } = found;
  const route: Route =
    answer === 'accept' ? { to: 'delivery', source } : { to: 'training', source, answer };
  return { method, route };
}
