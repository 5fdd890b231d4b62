import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FakeStudio } from './studio';

export const FAKE_TOKEN = '0123456789abcdef0123456789abcdef01234567';

/** The fault of an answer: a status, an end in the middle, a list without its items, or the page of a proxy. */
export type Fault = number | 'cut-off' | 'empty' | 'page' | undefined;

export interface FakeServer {
  readonly url: string;
  /** The paths of the requests so far, without queries. */
  readonly requests: string[];
  /** Is called before each answer. It may change the state. */
  before: (path: string) => Fault;
  stop(): void;
}

interface Filter {
  readonly filter: string;
  readonly operator: string;
  readonly value: unknown;
}

/** The API of a Label Studio (projects/api.py, data_manager/api.py and managers.py of 1.23.2). */
export async function startFakeLabelStudio(
  studio: FakeStudio,
  { pageSizeMax = 1_000, ignoresIds = false } = {},
): Promise<FakeServer> {
  const requests: string[] = [];

  const answer = (url: URL): [status: number, body: object] => {
    const [, kind, id] = /^\/api\/(projects|tasks|current-user)\/(\w+)?/.exec(url.pathname) ?? [];
    if (kind === 'current-user') return [200, { active_organization: studio.organization }];
    if (kind === 'projects') return id ? project(Number(id)) : projects(url.searchParams);
    if (kind === 'tasks') return id ? task(Number(id)) : tasks(url.searchParams);
    return NOT_FOUND;
  };
  const own = (id: number | undefined) => {
    const found = studio.projects.get(id ?? 0);
    return found?.organization === studio.organization ? found : undefined;
  };
  const project = (id: number): [number, object] => {
    const found = own(id);
    return found ? [200, found] : NOT_FOUND;
  };
  const projects = (query: URLSearchParams): [number, object] => {
    const all = [...studio.projects.values()].filter(({ id }) => own(id));
    const [page, size] = [Number(query.get('page') ?? 1), Number(query.get('page_size') ?? 30)];
    const results = all.slice((page - 1) * size, page * size);
    if (results.length === 0 && page > 1) return [404, { detail: 'Invalid page.' }];
    return [200, { count: all.length, next: all.length > page * size ? 'next' : null, results }];
  };
  const task = (id: number): [number, object] => {
    const found = studio.tasks.get(id);
    return found && own(found.project) ? [200, listed(studio, id)] : NOT_FOUND;
  };
  const tasks = (query: URLSearchParams): [number, object] => {
    const id = Number(query.get('project'));
    if (!own(id)) return NOT_FOUND;
    const { filters, ordering } = JSON.parse(query.get('query') ?? '{}');
    const items: Filter[] = filters?.items ?? [];
    const all = [...studio.tasks.values()]
      .filter((each) => each.project === id)
      .filter((each) => items.every((item) => passes(each, item, ignoresIds)))
      .sort((one, other) => (ordering?.[0] === 'tasks:id' ? one.id - other.id : other.id - one.id));
    const size = Math.min(pageSizeMax, Number(query.get('page_size') ?? 100));
    const page = Number(query.get('page') ?? 1);
    const some = all.slice((page - 1) * size, page * size);
    if (some.length === 0 && page > 1) return [404, { detail: 'Invalid page.' }];
    return [200, { tasks: some.map((each) => listed(studio, each.id)), total: all.length }];
  };

  const server = createServer((incoming, response) => {
    const url = new URL(incoming.url ?? '', 'http://fake');
    requests.push(url.pathname);
    const fault = fake.before(url.pathname);
    const isKnown = incoming.headers.authorization === `Token ${FAKE_TOKEN}`;
    const [status, body] =
      typeof fault === 'number'
        ? [fault, { detail: 'fault' }]
        : isKnown
          ? answer(url)
          : [401, { detail: 'Invalid token.' }];
    const json = JSON.stringify(fault === 'empty' ? { ...body, tasks: [] } : body);
    const text = fault === 'page' ? '<html>default backend - 404</html>' : json;
    response.writeHead(fault === 'page' ? 404 : status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      'retry-after': '0.01',
      date: new Date(studio.now()).toUTCString(),
    });
    if (fault !== 'cut-off') response.end(text);
    else response.write(text.slice(0, text.length / 2), () => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const fake: FakeServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    before: () => undefined,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
  return fake;
}

const NOT_FOUND: [number, object] = [404, { detail: 'Not found.' }];

/** A task as `fields=all` lists it, with members that webhooks do not have. */
function listed(studio: FakeStudio, id: number): object {
  const task = studio.tasks.get(id);
  return {
    ...(task && studio.taskBody(task)),
    storage_filename: null,
    predictions: [],
    drafts: [],
    annotations: studio.annotationsOf(id).map((annotation) => ({
      ...annotation,
      completed_by: 1,
      created_username: ' someone@example.com, 1',
      created_ago: '1 minute',
    })),
  };
}

/** As `apply_filters` does: names that do not begin with `filter:tasks:` are ignored, times need a fraction. */
function passes(
  task: { id: number; updated_at: string },
  { filter, operator, value }: Filter,
  ignoresIds: boolean,
): boolean {
  if (filter === 'filter:tasks:id' && !ignoresIds) {
    if (operator === 'greater_or_equal') return task.id >= Number(value);
    if (operator === 'less_or_equal') return task.id <= Number(value);
    throw new Error(`the fake does not know ${operator}`);
  }
  if (filter !== 'filter:tasks:updated_at') return true;
  const { min, max } = value as { min: string; max: string };
  for (const time of [min, max]) {
    if (!/\.\d{6}Z$/.test(time)) throw new Error(`Label Studio does not take ${time}`);
  }
  return operator === 'in' && task.updated_at >= min && task.updated_at <= max;
}
