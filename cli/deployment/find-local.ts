import { atEndpoint, EXAMPLE_QUEUE, readServerConfig } from '../../lib/config/read-config';
import { DEAD_LETTER_SUFFIX, queueName } from '../../lib/events/queues';
import type { PlatformName } from '../../lib/platforms/platforms';
import type { Where } from '../aws/clients';
import { listQueues } from '../aws/list-queues';
import type { DeployedQueue, Deployment } from './deployment';

/** What `npm start` runs, told of the same environment. */
export async function findLocal(stage: string, where: Where): Promise<Deployment> {
  const { endpoint = '' } = where;
  const queues = queuesAmong(await listQueues(queueName(stage, ''), where), stage);
  const given = readServerConfig({
    LABELRELAY_EXAMPLE_WORKER: String(queues.some(({ name }) => name === EXAMPLE_QUEUE)),
    ...process.env,
    LABELRELAY_STAGE: stage,
    AWS_REGION: where.region,
    AWS_ENDPOINT_URL: endpoint,
  });
  const config = atEndpoint(given, endpoint);
  return {
    config,
    secrets: given.secrets,
    sources: [...given.sources.values()].map(({ name, platform }) => ({
      name,
      platform: platform.name as PlatformName,
      webhookUrl: `http://127.0.0.1:${given.port}/webhooks/${name}`,
    })),
    queues,
  };
}

function queuesAmong(urls: readonly string[], stage: string): DeployedQueue[] {
  const names = urls.map((url) =>
    url.slice(url.lastIndexOf('/') + 1 + queueName(stage, '').length),
  );
  return names.flatMap((name, at) => {
    const url = urls[at] ?? '';
    if (name.endsWith(DEAD_LETTER_SUFFIX)) return [];
    const deadLetterUrl = urls.find((other) => other === url + DEAD_LETTER_SUFFIX);
    return [{ name, url, deadLetterUrl }];
  });
}
