import { LabelrelayError } from '../errors';
import type { Listing } from '../webhook-api/listing';
import type { PlatformTools } from '../webhook-api/platform-tools';
import type { WebhookApi } from '../webhook-api/webhook-api';
import type { PlatformName } from './platforms';
import { toolsOf } from './tools-of';

export interface ApiAccess {
  readonly apiKey: string;
  /** The address of the API. Absent or `true`: the platform's own. */
  readonly address?: string | true;
  readonly requestsPerSecond: number;
}

/** A platform that can be listed, and its webhooks. */
export interface PlatformApi {
  readonly tools: PlatformTools;
  readonly listing: Listing;
  readonly api: WebhookApi;
}

/** How long a call waits for an answer, in milliseconds. */
const TIMEOUT_MS = 60_000;

/** @throws LabelrelayError `usage` if the platform cannot be listed, or has no address */
export function platformApi(platform: string, access: ApiAccess): PlatformApi {
  const { apiKey, address, requestsPerSecond } = access;
  const url = { variable: 'the address', value: address === true ? undefined : address };
  const settings = { apiKey, url, timeoutMs: TIMEOUT_MS };
  const tools = toolsOf(platform as PlatformName);
  const listing = tools?.listing?.(settings, { requestsPerSecond });
  if (tools && listing) return { tools, listing, api: tools.webhooks(settings) };
  throw new LabelrelayError('usage', `expected a platform that can be listed, got ${platform}`);
}
