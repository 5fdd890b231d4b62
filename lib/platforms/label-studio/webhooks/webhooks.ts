import * as z from 'zod';
import { hasCode, LabelrelayError } from '../../../errors';
import { NoAnswer } from '../../../webhook-api/call';
import type { Webhook, WebhookApi } from '../../../webhook-api/webhook-api';
import { type LabelStudioSettings, labelStudioRequest } from './request';

const row = z.object({
  id: z.number(),
  url: z.string(),
  headers: z.record(z.string(), z.string()).nullish(),
  project: z.number().nullable(),
  actions: z.array(z.string()),
  send_for_all_actions: z.boolean(),
  is_active: z.boolean(),
  updated_at: z.string(),
});
type Row = z.infer<typeof row>;

/**
 * Manages webhooks through Label Studio's REST API. The API shows the headers of a webhook, which contain our secret,
 * to every user who may list it. The headers are not kept here.
 *
 * @see https://api.labelstud.io/api-reference/api-reference/webhooks/list
 */
export function labelStudioWebhooks(settings: LabelStudioSettings): WebhookApi {
  const request = labelStudioRequest(settings);
  return {
    async list(project) {
      const filter = project === undefined ? '' : `?project=${encodeURIComponent(project)}`;
      return (await request(z.array(row), 'GET', `/api/webhooks/${filter}`)).map(toWebhook);
    },

    async create({ url, secret, topics, project }) {
      const created = await request(row, 'POST', '/api/webhooks/', {
        url,
        project: project === undefined ? undefined : toId(project),
        headers: withSecret(secret),
        send_payload: true,
        ...actionsOf(topics ?? 'all'),
      }).catch((error) => {
        throw project === undefined && hasCode(error, 'not-found')
          ? wantsProject(error)
          : explained(error, url);
      });
      return toWebhook(created);
    },

    async update(id, { url, topics, status }) {
      const changed = await request(row, 'PATCH', `/api/webhooks/${toId(id)}/`, {
        url,
        is_active: status && status === 'active',
        ...(topics && actionsOf(topics)),
      }).catch((error) => {
        throw explained(error, url);
      });
      return toWebhook(changed);
    },

    async remove(id) {
      await request(z.unknown(), 'DELETE', `/api/webhooks/${toId(id)}/`);
    },

    async changeSecret(id, secret) {
      const path = `/api/webhooks/${toId(id)}/`;
      const { headers } = await request(row, 'GET', path);
      // A proxy in front of the receiver may require the other headers.
      const others = Object.entries(headers ?? {}).filter(
        ([name]) => !/^authorization$/i.test(name),
      );
      const wanted = withSecret(secret);
      const changed = await request(row, 'PATCH', path, {
        headers: { ...Object.fromEntries(others), ...wanted },
      });
      if (changed.headers?.Authorization === wanted.Authorization) return;
      const message = `expected webhook ${id} of Label Studio to have the new secret, got another`;
      throw new LabelrelayError('unavailable', message);
    },
  };
}

const withSecret = (secret: string) => ({ Authorization: `Bearer ${secret}` });

const actionsOf = (topics: readonly string[] | 'all') =>
  topics === 'all'
    ? { send_for_all_actions: true, actions: [] }
    : { send_for_all_actions: false, actions: topics };

/** Label Studio 1.23.1 and newer answer 500 if they cannot resolve the host of the webhook. */
function explained(error: unknown, url: string | undefined): unknown {
  if (!url || !(error instanceof NoAnswer) || error.status !== 500) return error;
  const { hostname } = new URL(url);
  return new LabelrelayError(
    'refused',
    `Label Studio answered 500, as it does where it cannot resolve ${hostname}: give a name that its own DNS knows with --url, and see its log`,
    { cause: error },
  );
}

/** The community edition has no webhooks for a whole organization. */
const wantsProject = (cause: unknown): LabelrelayError =>
  new LabelrelayError('usage', 'expected --project <id>, which this Label Studio wants', { cause });

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
