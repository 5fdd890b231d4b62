import { LabelrelayError } from '../errors';
import { isPlatform, platforms } from '../platforms/platforms';
import { bodyOf, curlOf, detailOf, eventOf, versionsOf } from './deliveries';
import { listLabels, listProjects, showLabel } from './labels';
import type { InspectorPorts } from './ports';
import type { Ring } from './ring';
import { sendAgain, sendFixtures } from './send';
import { toCurl } from './to-curl';

/** The input of a route beside its path. */
export interface Asked {
  readonly query: URLSearchParams;
  /** The body, of a POST. */
  readonly body: string;
}

/** @returns what is written as JSON */
export type Route = (asked: Asked) => unknown;

interface Entry {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  readonly answer: (asked: Asked, ...parts: string[]) => unknown;
}

/**
 * The API of the page: finds the route of a request.
 *
 * @param path without `/inspector/api/`
 */
export function createApi(
  ring: Ring,
  ports: InspectorPorts,
): (method: string, path: string) => Route {
  const entries: readonly Entry[] = [
    get(/^about$/, () => about(ports)),
    get(/^deliveries\/(\d+)$/, (_, n) => detailOf(ring, ports, Number(n))),
    get(/^deliveries\/(\d+)\/body$/, (_, n) => bodyOf(ring, ports, Number(n))),
    get(/^deliveries\/(\d+)\/curl$/, (_, n) => curlOf(ring, ports, Number(n))),
    get(/^deliveries\/(\d+)\/events\/(\d+)$/, (_, n, index) =>
      eventOf(ring, ports, Number(n), Number(index)),
    ),
    get(/^versions$/, ({ query }) =>
      versionsOf(ring, needed(query, 'source'), needed(query, 'subject')),
    ),
    get(/^queues$/, () => ports.queues()),
    get(/^dead-letters$/, ({ query }) => ports.deadLetters(needed(query, 'queue'))),
    get(/^held$/, () => ports.held()),
    get(/^projects$/, () => listProjects(ports)),
    get(/^labels$/, ({ query }) => listLabels(ports, query)),
    get(/^label$/, ({ query }) =>
      showLabel(ports, needed(query, 'source'), needed(query, 'subject')),
    ),
    post(/^deliveries\/(\d+)\/send$/, (_, n) => sendAgain(ring, ports, Number(n))),
    post(/^send$/, ({ body }) => sendFixtures(ports, body)),
  ];
  return (method, path) => {
    const found = entries.filter((entry) => entry.path.test(path));
    const entry = found.find((each) => each.method === (method === 'HEAD' ? 'GET' : method));
    if (entry) {
      const [, ...parts] = entry.path.exec(path) ?? [];
      return (asked) => entry.answer(asked, ...parts);
    }
    const [other] = found;
    throw other
      ? notAllowed(other.method, method)
      : new LabelrelayError('unknown-route', 'expected a route of the inspector');
  };
}

const get = (path: RegExp, answer: Entry['answer']): Entry => ({ method: 'GET', path, answer });
const post = (path: RegExp, answer: Entry['answer']): Entry => ({ method: 'POST', path, answer });

export const notAllowed = (allow: string, method: string): LabelrelayError =>
  new LabelrelayError('method-not-allowed', `expected ${allow}, got ${method}`, { allow });

/** @throws LabelrelayError `usage` */
function needed(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (value !== null) return value;
  throw new LabelrelayError('usage', `expected ${name} in the query, got none`);
}

/** The facts that a page needs about the place that it shows. */
export interface About {
  readonly stage: string;
  readonly isLocal: boolean;
  readonly sources: InspectorPorts['sources'];
  readonly hasLabels: boolean;
  /** The fixtures that can be sent; none where nothing can be sent. */
  readonly fixtures: readonly { readonly platform: string; readonly name: string }[];
  /** A command that sends a first delivery. */
  readonly example: string;
}

const about = ({ stage, isLocal, sources, labels, sender }: InspectorPorts): About => ({
  stage,
  isLocal,
  sources,
  hasLabels: labels !== undefined,
  fixtures: sender?.fixtures() ?? [],
  example: exampleFor(sources),
});

/** It becomes an `unrecognized` event: any authentic JSON object does. */
function exampleFor([source]: InspectorPorts['sources']): string {
  if (!source) return '';
  const platform = isPlatform(source.platform) ? platforms[source.platform] : undefined;
  const headers = [{ name: 'content-type', value: 'application/json', isMasked: false }];
  return toCurl({ url: source.url, headers, body: '{"hello":"labelrelay"}', platform });
}
