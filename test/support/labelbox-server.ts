import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  buildSchema,
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  parse,
  validate,
} from 'graphql';
import { exportSchema, type LabelboxExports, labelboxExports } from './labelbox-exports';

/**
 * The part of Labelbox's GraphQL API for webhooks. The schema follows from the queries of the platform's own client
 * (labelbox-python, schema/webhook.py).
 */
const schema = buildSchema(`
  scalar DateTime
  enum WebhookTopic {
    LABEL_CREATED LABEL_UPDATED LABEL_DELETED WORKFLOW_ACTION
    REVIEW_CREATED REVIEW_UPDATED REVIEW_DELETED
  }
  enum WebhookStatus { ACTIVE INACTIVE REVOKED }
  type Webhook {
    id: ID!
    createdAt: DateTime!
    updatedAt: DateTime!
    url: String!
    topics: [WebhookTopic!]!
    status: WebhookStatus!
    project: Project
  }
  type Project { id: ID! name: String! webhooks(skip: Int!, first: Int!): [Webhook!]! }
  type Organization {
    id: ID! createdAt: DateTime updatedAt: DateTime name: String
    webhooks(skip: Int!, first: Int!): [Webhook!]!
  }
  input WhereId { id: ID! }
  input SetTopics { set: [WebhookTopic!]! }
  input NewWebhook { url: String! secret: String! topics: SetTopics! project: WhereId }
  input WebhookChange { url: String topics: SetTopics status: WebhookStatus }
  type Query {
    organization: Organization!
    project(where: WhereId!): Project
    webhook(where: WhereId!): Webhook
  }
  type Mutation {
    createWebhook(data: NewWebhook!): Webhook!
    updateWebhook(where: WhereId!, data: WebhookChange!): Webhook!
  }
  ${exportSchema}
`);

export interface StoredWebhook {
  readonly id: string;
  url: string;
  topics: string[];
  status: string;
  readonly secret: string;
  readonly project: { readonly id: string; readonly name: string } | null;
  readonly createdAt: string;
  updatedAt: string;
}

/** A fault in place of an answer. */
export type Fault =
  | 'rate-limit'
  | 'rate-limit-message'
  | 'error'
  | 'silence'
  | 'redirect'
  | 'page'
  | 'echo'
  | 'not-found';

export interface LabelboxServer {
  readonly url: string;
  readonly webhooks: StoredWebhook[];
  readonly projects: Set<string>;
  readonly exports: LabelboxExports;
  /** Whether every page is the first. */
  readonly state: { isEndless: boolean };
  /** The faults of the next calls; undefined for a normal answer. */
  readonly faults: (Fault | undefined)[];
  /** Is called before each answer, files included. It may change the state. */
  before(): Fault | undefined;
  calls(): number;
  stop(): void;
}

export const API_KEY = 'a-key-of-labelbox';
const PAGE_LIMIT = 100;

export async function startLabelbox(): Promise<LabelboxServer> {
  const webhooks: StoredWebhook[] = [];
  const projects = new Set<string>(['project-1']);
  const faults: (Fault | undefined)[] = [];
  const state = { isEndless: false };
  let calls = 0;

  const { exports, resolvers: exporting, sendFile } = labelboxExports(() => origin());
  const root = { ...resolvers(webhooks, projects, state), ...exporting };
  const server = createServer(async (incoming, response) => {
    const hooked = started.before();
    if (incoming.url?.startsWith('/files/')) return sendFile(incoming, response);
    let body = '';
    for await (const chunk of incoming) body += chunk;
    calls++;
    const fault = faults.shift() ?? hooked;
    if (fault)
      return misbehave(fault, response, { authorization: incoming.headers.authorization, body });
    const { query, variables } = JSON.parse(body);
    const isKnown = incoming.headers.authorization === `Bearer ${API_KEY}`;
    const answer = isKnown
      ? await answerTo(query, root, variables)
      : { errors: [failure('Invalid API key', 'AUTHENTICATION_ERROR')] };
    const errors = answer.errors?.map((error) => ({
      message: error.message,
      extensions: { code: error.extensions.code ?? 'GRAPHQL_VALIDATION_FAILED' },
    }));
    reply(response, 200, { ...answer, ...(errors && { errors }) });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const started: LabelboxServer = {
    before: () => undefined,
    url: `${origin()}/graphql`,
    webhooks,
    projects,
    exports,
    state,
    faults,
    calls: () => calls,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
  return started;
}

const failure = (message: string, code: string) =>
  new GraphQLError(message, { extensions: { code } });

/** Queries that are valid, by their text. To parse and validate one is most of the cost of an answer. */
const valid = new Map<string, DocumentNode>();

async function answerTo(
  query: string,
  rootValue: object,
  variableValues: Record<string, unknown>,
): Promise<ExecutionResult> {
  let document = valid.get(query);
  if (!document) {
    document = parse(query);
    const errors = validate(schema, document);
    if (errors.length > 0) return { errors };
    valid.set(query, document);
  }
  return execute({ schema, document, rootValue, variableValues });
}

function reply(response: ServerResponse, status: number, value: object, headers = {}): void {
  response
    .writeHead(status, { 'content-type': 'application/json', ...headers })
    .end(JSON.stringify(value));
}

function misbehave(fault: Fault, response: ServerResponse, asked: object): void {
  const message = 'You have exceeded the API limit of 1500 requests per minute';
  if (fault === 'rate-limit') reply(response, 429, { message }, { 'retry-after': '1' });
  if (fault === 'rate-limit-message') reply(response, 200, { message });
  if (fault === 'error') reply(response, 502, { message: 'Bad Gateway' });
  if (fault === 'page') response.end('<html>Log in</html>');
  // Contains control characters for a terminal.
  if (fault === 'echo') {
    const echoed = `\x1b[2J${JSON.stringify(asked)}`;
    reply(response, 200, { errors: [{ message: echoed, extensions: { code: 'BAD_USER_INPUT' } }] });
  }
  if (fault === 'not-found') {
    const extensions = { code: 'RESOURCE_NOT_FOUND' };
    reply(response, 200, { data: null, errors: [{ message: 'Not found', extensions }] });
  }
  if (fault === 'redirect') reply(response, 302, {}, { location: 'https://example.com/' });
}

interface Where {
  readonly id: string;
}
interface Data {
  readonly url?: string;
  readonly secret?: string;
  readonly topics?: { readonly set: string[] };
  readonly status?: string;
  readonly project?: Where;
}

function resolvers(
  webhooks: StoredWebhook[],
  projects: Set<string>,
  state: LabelboxServer['state'],
) {
  const page =
    (rows: () => StoredWebhook[]) =>
    ({ skip, first }: { skip: number; first: number }) => {
      if (first > PAGE_LIMIT) throw failure('first: at most 100', 'MALFORMED_REQUEST');
      const from = state.isEndless ? 0 : skip;
      return rows().slice(from, from + first);
    };
  const projectOf = (id: string) => {
    if (!projects.has(id)) throw failure(`Project ${id} not found`, 'RESOURCE_NOT_FOUND');
    const rows = () => webhooks.filter(({ project }) => project?.id === id);
    return { id, name: `Project ${id}`, webhooks: page(rows) };
  };
  const find = (id: string) => {
    const webhook = webhooks.find((each) => each.id === id);
    if (!webhook) throw failure(`Webhook ${id} not found`, 'RESOURCE_NOT_FOUND');
    return webhook;
  };
  return {
    organization: { id: 'organization-1', name: 'An organization', webhooks: page(() => webhooks) },
    project: ({ where }: { where: Where }) => projectOf(where.id),
    projects: ({ skip, first }: { skip: number; first: number }) =>
      [...projects].slice(skip, skip + first).map(projectOf),
    webhook: ({ where }: { where: Where }) => find(where.id),
    createWebhook({ data: { url = '', secret = '', topics, project } }: { data: Data }) {
      if (!secret) throw failure('secret must not be empty', 'MALFORMED_REQUEST');
      const now = new Date().toISOString();
      const webhook: StoredWebhook = {
        id: `webhook-${webhooks.length + 1}`,
        url,
        secret,
        topics: topics?.set ?? [],
        status: 'ACTIVE',
        project: project ? projectOf(project.id) : null,
        createdAt: now,
        updatedAt: now,
      };
      webhooks.push(webhook);
      return webhook;
    },
    updateWebhook({ where, data: { url, topics, status } }: { where: Where; data: Data }) {
      const webhook = find(where.id);
      webhook.url = url ?? webhook.url;
      webhook.topics = topics?.set ?? webhook.topics;
      webhook.status = status ?? webhook.status;
      webhook.updatedAt = new Date().toISOString();
      return webhook;
    },
  };
}
