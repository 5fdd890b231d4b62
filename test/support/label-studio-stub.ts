import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A legacy token, and a personal one: a JWT that returns access tokens. */
export const LEGACY_TOKEN = '0123456789abcdef0123456789abcdef01234567';
export const PERSONAL_TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJ0b2tlbl90eXBlIjoicmVmcmVzaCJ9.c2lnbmF0dXJl';

const ACTIONS = [
  ...['PROJECT_UPDATED', 'TASKS_CREATED', 'TASKS_DELETED'],
  ...['ANNOTATION_CREATED', 'ANNOTATION_UPDATED', 'ANNOTATIONS_DELETED'],
];

export interface StoredWebhook {
  readonly id: number;
  readonly project: number;
  url: string;
  headers: Record<string, string>;
  actions: string[];
  send_payload: boolean;
  send_for_all_actions: boolean;
  is_active: boolean;
  updated_at: string;
}

/**
 * The webhooks of Label Studio 1.23.2 (webhooks/api.py, serializers.py; jwt_auth), with state and with the same
 * validation.
 */
export async function startLabelStudioStub() {
  const webhooks: StoredWebhook[] = [];
  const state = {
    legacyTokens: true,
    ssrfProtection: false,
    refreshed: 0,
    accessTokens: new Set<string>(),
    projects: [7],
  };

  const isAuthentic = (authorization = '') =>
    (state.legacyTokens && authorization === `Token ${LEGACY_TOKEN}`) ||
    state.accessTokens.has(authorization.replace('Bearer ', ''));

  const answer = ({ method = '', url = '', headers }: IncomingMessage, body: object): Answer => {
    if (url.startsWith('/login/')) return [200, '<html>'];
    if (url === '/api/token/refresh/') return refresh(body as { refresh?: string });
    if (!isAuthentic(headers.authorization)) return denied(headers.authorization);
    const [, id] = /^\/api\/webhooks\/(\d+)\/$/.exec(url) ?? [];
    if (id !== undefined) return one(method, Number(id), body);
    const { pathname, searchParams } = new URL(url, 'http://stub');
    if (pathname === '/api/projects/') {
      return [200, { results: state.projects.map((id) => ({ id })), next: null }];
    }
    if (pathname !== '/api/webhooks/') return [404, { detail: 'Not found.' }];
    const project = searchParams.get('project');
    if (method === 'GET') {
      return [200, webhooks.filter((each) => !project || String(each.project) === project)];
    }
    return create(body);
  };

  const refresh = ({ refresh: token }: { refresh?: string }): Answer => {
    if (token !== PERSONAL_TOKEN) return [401, { detail: 'Token is blacklisted' }];
    const access = `access-${++state.refreshed}`;
    state.accessTokens.add(access);
    return [200, { access }];
  };
  const denied = (authorization = ''): Answer =>
    authorization.startsWith('Token ') && !state.legacyTokens
      ? [
          401,
          {
            detail:
              'Authentication token no longer valid: legacy token authentication has been disabled for this organization',
          },
        ]
      : [401, { detail: 'Invalid token.' }];

  const refusalOf = (body: object): Answer | undefined => {
    const problem = problemOf(body);
    if (problem) return [400, { detail: 'Validation error', validation_errors: problem }];
    const { url } = body as { url?: string };
    return state.ssrfProtection && url ? refusalOfUrl(url) : undefined;
  };

  const create = (body: object): Answer => {
    const { project } = body as { project?: number };
    // The open-source server requires a project.
    if (!project || !state.projects.includes(project))
      return [404, { detail: 'Project not found.' }];
    const refusal = refusalOf(body);
    if (refusal) return refusal;
    const webhook: StoredWebhook = {
      id: webhooks.length + 1,
      project,
      url: '',
      headers: {},
      actions: [],
      send_payload: true,
      send_for_all_actions: true,
      is_active: true,
      updated_at: new Date().toISOString(),
      ...body,
    };
    webhooks.push(webhook);
    return [201, webhook];
  };

  const one = (method: string, id: number, body: object): Answer => {
    const at = webhooks.findIndex((webhook) => webhook.id === id);
    const webhook = webhooks[at];
    if (!webhook) return [404, { detail: 'No Webhook matches the given query.' }];
    if (method === 'DELETE') {
      webhooks.splice(at, 1);
      return [204, undefined];
    }
    if (method === 'GET') return [200, webhook];
    const refusal = refusalOf(body);
    if (refusal) return refusal;
    return [200, Object.assign(webhook, body)];
  };

  const server = createServer(async (incoming, response) => {
    let text = '';
    for await (const chunk of incoming) text += chunk;
    const [status, value] = answer(incoming, text ? JSON.parse(text) : {});
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(value === undefined ? undefined : JSON.stringify(value));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    webhooks,
    state,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

type Answer = readonly [status: number, body: unknown];

/** Rejects a URL that resolves to a reserved network, or does not resolve: core/utils/io.py. */
function refusalOfUrl(url: string): Answer | undefined {
  const { hostname } = new URL(url);
  if (hostname.endsWith('.invalid'))
    return [500, { detail: '[Errno -2] Name or service not known' }];
  if (!hostname.startsWith('127.')) return undefined;
  const detail = 'URL resolves to a reserved network address (block: 127.0.0.0/8)';
  return [403, { detail }];
}

function problemOf(body: object): object | undefined {
  const { actions = [], headers = {} } = body as Partial<StoredWebhook>;
  const unknown = actions.find((action) => !ACTIONS.includes(action));
  if (unknown) return { actions: [`"${unknown}" is not a valid choice.`] };
  // HEADERS_SCHEMA in webhooks/models.py
  const isValid = Object.entries(headers).every(
    ([name, value]) => /^[a-zA-Z0-9-_]+$/.test(name) && typeof value === 'string',
  );
  return isValid ? undefined : { headers: ['invalid'] };
}
