import { hasCode } from '../errors';
import { isSameUrl } from './same-url';
import type { Webhook, WebhookApi, WebhookChange } from './webhook-api';

/** The change that was made so that the events of a project come. */
export interface Ensured {
  /** Absent for a webhook of the whole organization. */
  readonly project?: string;
  /** Absent if it would be created. */
  readonly id?: string;
  readonly did: 'nothing' | 'created' | 'changed';
}

export interface EnsureOptions {
  readonly api: WebhookApi;
  readonly url: string;
  readonly secret: () => Promise<string>;
  /** The topics without which a worker does not end in the right state. */
  readonly neededTopics: readonly string[];
  /**
   * The projects that must have a webhook; undefined for the whole organization.
   *
   * @param ours the webhooks to our address
   */
  readonly projects: (ours: readonly Webhook[]) => AsyncIterable<string | undefined>;
  /** Whether nothing is changed. */
  readonly isDry?: boolean;
  /**
   * Whether webhooks that exist stay as they are: somebody may have switched one off. Then a project that refuses does not keep
   * the others from theirs: its error is thrown last.
   */
  readonly isNewOnly?: boolean;
}

/**
 * Sees that each project has one active webhook with the needed topics. A webhook of the whole organization serves every
 * project. No webhook to another address is touched.
 *
 * @throws LabelrelayError as the API does. Earlier changes stay
 */
export async function* ensureWebhooks(options: EnsureOptions): AsyncGenerator<Ensured> {
  const { api, url, projects } = options;
  const ours = (await api.list()).filter((webhook) => isSameUrl(webhook.url, url));
  const general = ours.filter(({ project }) => project === undefined);
  if (general.length > 0) {
    yield await mend(general, undefined, options);
    return;
  }
  const failures: unknown[] = [];
  for await (const project of projects(ours)) {
    try {
      yield await ensureOne(project, ours, options);
    } catch (error) {
      if (!options.isNewOnly || !isOfProject(error)) throw error;
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** Whether an error may be that of one project, which the key may not change, or which is gone meanwhile. */
const isOfProject = (error: unknown): boolean =>
  (['denied', 'not-found', 'refused'] as const).some((code) => hasCode(error, code));

async function ensureOne(
  project: string | undefined,
  ours: readonly Webhook[],
  options: EnsureOptions,
): Promise<Ensured> {
  // Not every key sees the webhooks of projects in the list of all.
  const listed = ours.filter((webhook) => webhook.project === project);
  const known =
    listed.length > 0 || project === undefined
      ? listed
      : (await options.api.list(project)).filter(({ url }) => isSameUrl(url, options.url));
  return mend(known, project, options);
}

/** @param known the webhooks of a project to our address */
async function mend(
  known: readonly Webhook[],
  project: string | undefined,
  { api, url, secret, neededTopics, isDry = false, isNewOnly = false }: EnsureOptions,
): Promise<Ensured> {
  // An active one is changed before another is switched on, which would send everything twice.
  const [webhook] = [...known].sort((one, other) => rank(one) - rank(other));
  if (!webhook) {
    if (isDry) return { project, did: 'created' };
    const { id } = await api.create({ url, secret: await secret(), project });
    return { project, id, did: 'created' };
  }
  const { id } = webhook;
  const change = changeOf(webhook, neededTopics);
  if (!change || isNewOnly) return { project, id, did: 'nothing' };
  if (!isDry) await api.update(id, change);
  return { project, id, did: 'changed' };
}

const rank = ({ status }: Webhook): number => ['active', 'inactive', 'revoked'].indexOf(status);

/** @returns undefined if the webhook is as it must be */
function changeOf(
  { status, topics }: Webhook,
  neededTopics: readonly string[],
): WebhookChange | undefined {
  const missing = topics === 'all' ? [] : neededTopics.filter((each) => !topics.includes(each));
  if (status === 'active' && missing.length === 0) return undefined;
  return {
    ...(status !== 'active' && { status: 'active' }),
    ...(missing.length > 0 && { topics: [...topics, ...missing] }),
  };
}
