import { LabelrelayError } from '../../lib/errors';
import type { PlatformName } from '../../lib/platforms/platforms';
import { readSecret } from '../aws/read-secret';
import type { DeployedSource, Deployment } from '../deployment/deployment';
import { labelStudioWebhooks } from './label-studio/label-studio-webhooks';
import { labelboxWebhooks } from './labelbox/labelbox-webhooks';
import type { WebhookApi } from './webhook-api';

const VARIABLES = {
  labelbox: 'LABELBOX_API_KEY',
  'label-studio': 'LABEL_STUDIO_API_KEY',
} as const satisfies Record<PlatformName, string>;

/** Where the API key of a source's platform is, where it is not in the environment. */
const apiKeyName = (stage: string, source: string): string =>
  `labelrelay/${stage}/api-keys/${source}`;

/**
 * The API of a source's platform.
 *
 * @throws LabelrelayError `denied` without an API key
 */
export async function findWebhookApi(
  source: DeployedSource,
  deployment: Deployment,
  timeoutMs: number,
): Promise<WebhookApi> {
  const apiKey = await readApiKey(source, deployment);
  const { LABELBOX_GRAPHQL_URL: endpoint, LABEL_STUDIO_URL: url } = process.env;
  if (source.platform === 'labelbox') return labelboxWebhooks({ apiKey, endpoint, timeoutMs });
  if (url && URL.canParse(url)) return labelStudioWebhooks({ apiKey, url, timeoutMs });
  const message = `expected LABEL_STUDIO_URL to be the address of the Label Studio of ${source.name}, got ${url ?? 'nothing'}`;
  throw new LabelrelayError('usage', message);
}

/** @throws LabelrelayError `denied` */
async function readApiKey(
  { name, platform }: DeployedSource,
  deployment: Deployment,
): Promise<string> {
  const variable = VARIABLES[platform];
  const { stage } = deployment.config;
  const secret = apiKeyName(stage, name);
  const apiKey =
    process.env[variable] ??
    (deployment.secrets ? undefined : await readSecret(secret, deployment.config));
  if (apiKey?.trim()) return apiKey.trim();
  const message = `expected an API key in ${variable}, or in Secrets Manager as ${secret}; got none`;
  throw new LabelrelayError('denied', message);
}
