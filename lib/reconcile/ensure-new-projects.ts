import type { LabelPorts } from '../label-store/ports';
import { ensureWebhooks } from '../webhook-api/ensure-webhooks';
import { everyProject } from '../webhook-api/every-project';
import type { Listing } from '../webhook-api/listing';
import type { PlatformTools } from '../webhook-api/platform-tools';
import type { Webhook, WebhookApi } from '../webhook-api/webhook-api';
import { webhookUrl } from '../webhook-api/webhook-url';
import { expectApiVersion } from './expect-api-version';

export interface NewProjects {
  readonly tools: Pick<PlatformTools, 'wantsProject' | 'rowWebhooksByHand' | 'neededTopics'>;
  readonly api: WebhookApi;
  readonly listing: Pick<Listing, 'projects'>;
  readonly labels: LabelPorts;
  /** The configured name of the source. */
  readonly source: string;
  /** The URL that webhooks are sent to, without `/webhooks/<source>`. */
  readonly baseUrl: string;
  /** The ids of the projects. Absent: all that the key sees. */
  readonly projects?: readonly string[];
  /** Ends the run between two projects. The next call makes the missing webhooks. */
  readonly signal?: AbortSignal;
  secret(): Promise<string>;
}

/**
 * Makes a webhook for each project that has none. Webhooks that exist stay as they are.
 *
 * @returns how many were made
 * @throws LabelrelayError `refused` if the label store has labels that webhooks of another version told of; as the API does
 */
export async function ensureNewProjects(options: NewProjects): Promise<number> {
  const { tools, api, listing, labels, source, baseUrl, projects, signal, secret } = options;
  const url = webhookUrl(baseUrl, source);
  expectApiVersion(tools, await labels.items.projects(), { source, url });
  const wanted = (ours: readonly Webhook[]) =>
    projects ? eachOf(projects) : everyProject(tools, listing, ours);
  const { neededTopics } = tools;
  const ensured = ensureWebhooks({
    ...{ api, url, secret, neededTopics },
    projects: wanted,
    isNewOnly: true,
  });
  let count = 0;
  for await (const { did } of ensured) {
    if (did === 'created') count++;
    if (signal?.aborted) break;
  }
  return count;
}

async function* eachOf<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}
