import { apiKeyName } from '../../lib/aws/secrets-manager/secret-name';
import { LabelrelayError } from '../../lib/errors';
import { toolsOf } from '../../lib/platforms/tools-of';
import type { ApiSettings, PlatformTools } from '../../lib/webhook-api/platform-tools';
import type { WebhookApi } from '../../lib/webhook-api/webhook-api';
import { readSecret } from '../aws/read-secret';
import type { DeployedSource, Deployment } from '../deployment/deployment';
import { conceal } from '../terminal/conceal';
import { readAccess } from './read-access';

/** The tools of a source's platform, and the access to its API. */
export interface Api {
  readonly tools: PlatformTools;
  readonly settings: ApiSettings;
}

/** The webhooks of a source's platform. @throws LabelrelayError as `findApi` */
export async function findWebhookApi(
  source: DeployedSource,
  deployment: Deployment,
  timeoutMs: number,
): Promise<WebhookApi> {
  const { tools, settings } = await findApi(source, deployment, timeoutMs);
  return tools.webhooks(settings);
}

/**
 * The API of a source's platform.
 *
 * @throws LabelrelayError `denied` if there is no API key; `usage` if the address of the API is unknown, or the
 *   platform has no supported API
 */
export async function findApi(
  source: DeployedSource,
  deployment: Deployment,
  timeoutMs: number,
): Promise<Api> {
  const tools = toolsOf(source.platform);
  if (!tools) throw unmanaged(source);
  const { url, apiKey: given } = readAccess(source.name, tools);
  const apiKey = await findApiKey(source, deployment);
  if (apiKey) return { tools, settings: { url, apiKey, timeoutMs } };
  const secret = apiKeyName(deployment.config.stage, source.name);
  const message = `expected an API key in ${given.variable}, or in Secrets Manager as ${secret}; got none`;
  throw new LabelrelayError('denied', message);
}

const unmanaged = ({ platform, webhookUrl }: DeployedSource): LabelrelayError =>
  new LabelrelayError(
    'usage',
    `expected a platform with a supported API, got ${platform}: create the webhook there, to ${webhookUrl}`,
  );

/** @returns undefined if there is none @throws LabelrelayError `denied` if it is no valid header value */
export async function findApiKey(
  source: DeployedSource,
  { config, secrets }: Deployment,
): Promise<string | undefined> {
  const tools = toolsOf(source.platform);
  if (!tools) return undefined;
  const { variable, value } = readAccess(source.name, tools).apiKey;
  // `npm start` has no Secrets Manager.
  const found =
    value || secrets ? value : await readSecret(apiKeyName(config.stage, source.name), config);
  const apiKey = conceal(found?.trim() ?? '');
  if (/^[\x21-\x7e]*$/.test(apiKey)) return apiKey || undefined;
  const message = `${variable}: expected printable characters without spaces, got others`;
  throw new LabelrelayError('denied', message);
}
