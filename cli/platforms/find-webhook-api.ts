import { LabelrelayError } from '../../lib/errors';
import { readSecret } from '../aws/read-secret';
import type { DeployedSource, Deployment } from '../deployment/deployment';
import { conceal } from '../terminal/conceal';
import { toolsOf } from './tools-of';
import type { WebhookApi } from './webhook-api';

/** Where the API key of a source's platform is, where it is not in the environment. */
const apiKeyName = (stage: string, source: string): string =>
  `labelrelay/${stage}/api-keys/${source}`;

/**
 * The API of a source's platform.
 *
 * @throws LabelrelayError `denied` without an API key, `usage` when nobody says where it is
 */
export async function findWebhookApi(
  source: DeployedSource,
  deployment: Deployment,
  timeoutMs: number,
): Promise<WebhookApi> {
  const apiKey = await findApiKey(source, deployment);
  if (apiKey) return toolsOf[source.platform].webhooks({ apiKey, timeoutMs });
  const { apiKeyVariable } = toolsOf[source.platform];
  const secret = apiKeyName(deployment.config.stage, source.name);
  const message = `expected an API key in ${apiKeyVariable}, or in Secrets Manager as ${secret}; got none`;
  throw new LabelrelayError('denied', message);
}

/** @returns undefined when there is none @throws LabelrelayError `denied` of one that no header takes */
export async function findApiKey(
  { name, platform }: DeployedSource,
  { config, secrets }: Deployment,
): Promise<string | undefined> {
  const given = process.env[toolsOf[platform].apiKeyVariable];
  // There is no Secrets Manager beside `npm start`.
  const found = given || secrets ? given : await readSecret(apiKeyName(config.stage, name), config);
  const apiKey = conceal(found?.trim() ?? '');
  if (/^[\x21-\x7e]*$/.test(apiKey)) return apiKey || undefined;
  const { apiKeyVariable } = toolsOf[platform];
  const message = `${apiKeyVariable}: expected printable characters without spaces, got others`;
  throw new LabelrelayError('denied', message);
}
