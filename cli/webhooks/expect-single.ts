import { LabelrelayError } from '../../lib/errors';
import { isSameUrl } from '../../lib/webhook-api/same-url';
import type { NewWebhook, Webhook, WebhookApi } from '../../lib/webhook-api/webhook-api';

/**
 * Checks that a new webhook would not send any event a second time.
 *
 * @throws LabelrelayError `refused`
 */
export async function expectSingle(
  wanted: Pick<NewWebhook, 'url' | 'topics' | 'project'>,
  api: WebhookApi,
): Promise<void> {
  const all = await api.list();
  const listed = wanted.project === undefined ? all : [...all, ...(await api.list(wanted.project))];
  const twin = listed.find((webhook) => doubles(webhook, wanted));
  if (!twin) return;
  throw new LabelrelayError(
    'refused',
    `expected no webhook to ${twin.url} yet, got ${twin.id}, which sends the same events: update it, or delete it first`,
  );
}

function doubles(
  webhook: Webhook,
  { url, topics, project }: Pick<NewWebhook, 'url' | 'topics' | 'project'>,
): boolean {
  const isSameScope =
    webhook.project === undefined || project === undefined || webhook.project === project;
  const shares =
    webhook.topics === 'all' || !topics || topics.some((topic) => webhook.topics.includes(topic));
  return webhook.status === 'active' && isSameUrl(webhook.url, url) && isSameScope && shares;
}
