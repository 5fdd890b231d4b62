import * as z from 'zod';
import { LabelrelayError } from '../../../errors';
import type {
  NewWebhook,
  Webhook,
  WebhookApi,
  WebhookChange,
} from '../../../webhook-api/webhook-api';
import { type LabelboxSettings, query } from './query';

/** The topics of a Labelbox webhook: https://docs.labelbox.com/reference/webhook */
const TOPICS = ['LABEL_CREATED', 'LABEL_UPDATED', 'LABEL_DELETED', 'WORKFLOW_ACTION'];
/** Topics that older webhooks may have, and new ones cannot get. */
const OLD_TOPICS = ['REVIEW_CREATED', 'REVIEW_UPDATED', 'REVIEW_DELETED'];

const PAGE = 100;
const FIELDS = '{ id url topics status createdAt updatedAt project { id } }';

const row = z.object({
  id: z.string(),
  url: z.string(),
  topics: z.array(z.string()),
  status: z
    .string()
    .transform((status) => status.toLowerCase())
    .pipe(z.enum(['active', 'inactive', 'revoked'])),
  createdAt: z.string(),
  updatedAt: z.string(),
  project: z.object({ id: z.string() }).nullish(),
});
type Row = z.infer<typeof row>;

const rows = z.object({ webhooks: z.array(row) });

/**
 * Manages webhooks through Labelbox's GraphQL API. It cannot delete a webhook, and cannot show or change its secret.
 * So a webhook is switched off, and a new one replaces it.
 */
export const labelboxWebhooks = (settings: LabelboxSettings): WebhookApi => ({
  async list(project) {
    const listed = new Map<string, Row>();
    for (let skip = 0; ; skip += PAGE) {
      const page = await listPage(project, skip, settings);
      const before = listed.size;
      for (const each of page) listed.set(each.id, each);
      // Also ends if the server repeats the same page.
      if (page.length < PAGE || listed.size === before) return [...listed.values()].map(toWebhook);
    }
  },

  async create({ url, secret, topics = TOPICS, project }: NewWebhook) {
    // Values of enums are part of the text; everything else is a variable.
    const [parameter, member] = project
      ? [', $project: ID!', 'project: { id: $project }, ']
      : ['', ''];
    const { createWebhook } = await query(
      z.object({ createWebhook: row }),
      `mutation Create($url: String!, $secret: String!${parameter}) { createWebhook(data: { ${member}topics: { set: [${names(topics)}] }, url: $url, secret: $secret }) ${FIELDS} }`,
      { url, secret, project },
      settings,
    );
    return toWebhook(createWebhook);
  },

  update: (id, change) => update(id, change, settings),

  async remove(id) {
    await update(id, { status: 'inactive' }, settings);
  },
});

async function listPage(
  project: string | undefined,
  skip: number,
  settings: LabelboxSettings,
): Promise<readonly Row[]> {
  const webhooks = `webhooks(skip: $skip, first: ${PAGE}) ${FIELDS}`;
  if (project === undefined) {
    const text = `query List($skip: Int!) { organization { ${webhooks} } }`;
    const shape = z.object({ organization: rows });
    return (await query(shape, text, { skip }, settings)).organization.webhooks;
  }
  const text = `query List($skip: Int!, $project: ID!) { project(where: { id: $project }) { ${webhooks} } }`;
  const shape = z.object({ project: rows.nullable() });
  const found = await query(shape, text, { skip, project }, settings);
  if (found.project) return found.project.webhooks;
  throw new LabelrelayError('not-found', `expected a project of Labelbox, got ${project}`);
}

async function update(
  id: string,
  { url, topics, status }: WebhookChange,
  settings: LabelboxSettings,
): Promise<Webhook> {
  const members = [
    topics && `topics: { set: [${names(topics === 'all' ? TOPICS : topics)}] }`,
    url !== undefined && 'url: $url',
    status && `status: ${status.toUpperCase()}`,
  ].filter(Boolean);
  const parameter = url === undefined ? '' : ', $url: String!';
  const { updateWebhook } = await query(
    z.object({ updateWebhook: row }),
    `mutation Update($id: ID!${parameter}) { updateWebhook(where: { id: $id }, data: { ${members.join(', ')} }) ${FIELDS} }`,
    { id, url },
    settings,
  );
  return toWebhook(updateWebhook);
}

/** @throws LabelrelayError `usage` */
function names(topics: readonly string[]): string {
  const known = [...TOPICS, ...OLD_TOPICS];
  const other = topics.find((topic) => !known.includes(topic));
  if (other === undefined && topics.length > 0) return topics.join(' ');
  const message = `--topics: expected some of ${known.join(', ')}, got ${other ?? 'none'}`;
  throw new LabelrelayError('usage', message);
}

const toWebhook = ({ project, ...rest }: Row): Webhook => ({ ...rest, project: project?.id });
