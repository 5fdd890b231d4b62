import { LabelrelayError } from '../../lib/errors';
import { toolsOf } from '../../lib/platforms/tools-of';
import type { WebhookApi } from '../../lib/webhook-api/webhook-api';
import { readSecret } from '../aws/read-secret';
import type { DeployedSource, Deployment } from '../deployment/deployment';
import { conceal } from '../terminal/conceal';
import { readAccess } from './read-access';

/** Where the API key of a source's platform is, where it is not in the environment. */
const apiKeyName = (stage: string, source: string): string =>
  `labelrelay/${stage}/api-keys/${source}`;

/**
 * The API of a source's platform.
 *
 * @throws LabelrelayError `denied` without an API key, `usage` when it is not known where the API is, or
 *   the platform has none that is supported
 */
export async function findWebhookApi(
  source: DeployedSource,
  deployment: Deployment,
  timeoutMs: number,
): Promise<WebhookApi> {
  const tools = toolsOf(source.platform);
  if (!tools) throw unmanaged(source);
  const { url, apiKey: given } = readAccess(source.name, tools);
  const apiKey = await findApiKey(source, deployment);
  if (apiKey) return tools.webhooks({ url, apiKey, timeoutMs });
  const secret = apiKeyName(deployment.config.stage, source.name);
  const message = `expected an API key in ${given.variable}, or in Secrets Manager as ${secret}; got none`;
  throw new LabelrelayError('denied', message);
}

const unmanaged = ({ platform, webhookUrl }: DeployedSource): LabelrelayError =>
  new LabelrelayError(
    'usage',
    `expected a platform whose webhooks can be managed from here, got ${platform}: make one there, to ${webhookUrl}`,
  );

/** @returns undefined when there is none @throws LabelrelayError `denied` of one that no header takes */
export async function findApiKey(
  source: DeployedSource,
  { config, secrets }: Deployment,
): Promise<string | undefined> {
  const tools = toolsOf(source.platform);
  if (!tools) return undefined;
  const { variable, value } = readAccess(source.name, tools).apiKey;
  // There is no Secrets Manager beside `npm start`.
  const found =
    value || secrets ? value : await readSecret(apiKeyName(config.stage, source.name), config);
  const apiKey = conceal(found?.trim() ?? '');
  if (/^[\x21-\x7e]*$/.test(apiKey)) return apiKey || undefined;
  const message = `${variable}: expected printable characters without spaces, got others`;
  throw new LabelrelayError('denied', message);
}
