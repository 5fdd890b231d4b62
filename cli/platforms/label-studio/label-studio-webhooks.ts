import { LabelrelayError } from '../../../lib/errors';
import type { Webhook, WebhookApi } from '../webhook-api';
import { type LabelStudioSettings, labelStudioRequest } from './request';

interface Row {
  readonly id: number;
  readonly url: string;
  readonly project: number | null;
  readonly actions: readonly string[];
  readonly send_for_all_actions: boolean;
  readonly is_active: boolean;
  readonly updated_at: string;
}

/**
 * Webhooks by Label Studio's REST API. It shows the headers of a webhook to whoever may list it, with
 * our secret among them: nothing of them is kept here.
 *
 * @see https://api.labelstud.io/api-reference/api-reference/webhooks/list
 */
export function labelStudioWebhooks(settings: LabelStudioSettings): WebhookApi {
  const request = labelStudioRequest(settings);
  return {
    async list(project) {
      const filter = project === undefined ? '' : `?project=${encodeURIComponent(project)}`;
      return (await request<Row[]>('GET', `/api/webhooks/${filter}`)).map(toWebhook);
    },

    async create({ url, secret, topics, project }) {
      const row = await request<Row>('POST', '/api/webhooks/', {
        url,
        project: project === undefined ? undefined : toId(project),
        headers: withSecret(secret),
        send_payload: true,
        ...actionsOf(topics ?? 'all'),
      });
      return toWebhook(row);
    },

    async update(id, { url, topics, status }) {
      const row = await request<Row>('PATCH', `/api/webhooks/${toId(id)}/`, {
        url,
        is_active: status && status === 'active',
        ...(topics && actionsOf(topics)),
      });
      return toWebhook(row);
    },

    remove: (id) => request<void>('DELETE', `/api/webhooks/${toId(id)}/`),

    async changeSecret(id, secret) {
      const path = `/api/webhooks/${toId(id)}/`;
      const { headers } = await request<{ headers: Record<string, string> }>('GET', path);
      // The others may be what a proxy in front of us asks for.
      const others = Object.entries(headers).filter(([name]) => !/^authorization$/i.test(name));
      const changed = { ...Object.fromEntries(others), ...withSecret(secret) };
      await request<Row>('PATCH', path, { headers: changed });
    },
  };
}

const withSecret = (secret: string) => ({ Authorization: `Bearer ${secret}` });

const actionsOf = (topics: readonly string[] | 'all') =>
  topics === 'all'
    ? { send_for_all_actions: true, actions: [] }
    : { send_for_all_actions: false, actions: topics };

/** @throws LabelrelayError `usage` */
function toId(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new LabelrelayError('usage', `expected a number, as Label Studio's ids are, got ${text}`);
}

const toWebhook = (row: Row): Webhook => ({
  id: String(row.id),
  url: row.url,
  topics: row.send_for_all_actions ? 'all' : row.actions,
  status: row.is_active ? 'active' : 'inactive',
  project: row.project === null ? undefined : String(row.project),
  updatedAt: row.updated_at,
});
