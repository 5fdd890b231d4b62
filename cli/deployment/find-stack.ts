import type { Where } from '../../lib/aws/operate/where';
import { readConfig } from '../../lib/config/read-config';
import { deadLetterQueueName, queueName } from '../../lib/events/queues';
import type { PlatformName } from '../../lib/platforms/platforms';
import { readFunctionEnvironment } from '../aws/read-function-environment';
import type { Stack } from '../aws/read-stack';
import type { DeployedQueue, Deployment } from './deployment';

/** The service in serverless.yml. */
const SERVICE = 'labelrelay';

export const stackName = (stage: string): string => `${SERVICE}-${stage}`;

/**
 * Describes a deployed stage: the addresses from the outputs of the stack, the rest from the environment variables of
 * the receive function.
 */
export async function findStack(
  stage: string,
  { status, outputs }: Stack,
  where: Where,
): Promise<Deployment> {
  const environment = await readFunctionEnvironment(`${SERVICE}-${stage}-receive`, where);
  const config = readConfig({
    ...environment,
    AWS_REGION: where.region,
    AWS_ENDPOINT_URL: where.endpoint,
    AWS_ACCESS_KEY_ID: where.hasCredentials ? 'given' : undefined,
  });
  return {
    config,
    status,
    apiId: outputs.get('HttpApiId'),
    sources: [...config.sources.values()].map(({ name, platform }) => ({
      name,
      platform: platform.name as PlatformName,
      webhookUrl: [...outputs.values()].find((value) => value.endsWith(`/webhooks/${name}`)) ?? '',
    })),
    queues: queuesIn(outputs, stage),
  };
}

function queuesIn(outputs: Stack['outputs'], stage: string): DeployedQueue[] {
  const urls = [...outputs].flatMap(([key, url]) => (key.startsWith('QueueUrl') ? [url] : []));
  return urls.map((url) => {
    const name = url.slice(url.lastIndexOf('/') + 1).slice(queueName(stage, '').length);
    const deadLetterUrl = [...outputs.values()].find((value) =>
      value.endsWith(`/${deadLetterQueueName(stage, name)}`),
    );
    return { name, url, deadLetterUrl };
  });
}
