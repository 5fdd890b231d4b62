import type { Where } from '../../lib/aws/operate/where';
import {
  atEndpoint,
  LABEL_STORE_QUEUE,
  MILESTONES_QUEUE,
  readServerConfig,
} from '../../lib/config/read-config';
import { LabelrelayError } from '../../lib/errors';
import { DEAD_LETTER_SUFFIX, queueName, TAP_QUEUE } from '../../lib/events/queues';
import type { PlatformName } from '../../lib/platforms/platforms';
import { webhookUrl } from '../../lib/webhook-api/webhook-url';
import { listQueues } from '../aws/list-queues';
import type { DeployedQueue, Deployment } from './deployment';

/**
 * Describes `npm start`, from the same environment variables.
 *
 * @throws LabelrelayError `not-found` if the stage has no queue, `invalid-configuration`
 */
export async function findLocal(
  stage: string,
  where: Where,
  dynamoDbEndpoint?: string,
): Promise<Deployment> {
  const { endpoint = '' } = where;
  const queues = queuesAmong(await listQueues(queueName(stage, ''), where), stage);
  if (queues.length === 0) {
    const message = `expected queues ${queueName(stage, '*')} at ${endpoint}, got none: name the stage with --stage, or start it`;
    throw new LabelrelayError('not-found', message);
  }
  const has = (queue: string): boolean => queues.some(({ name }) => name === queue);
  const given = readServerConfig({
    LABELRELAY_LABEL_STORE: String(has(LABEL_STORE_QUEUE)),
    LABELRELAY_COMPLETION: String(has(MILESTONES_QUEUE)),
    LABELRELAY_TAP: String(has(TAP_QUEUE)),
    LABELRELAY_ARCHIVE: 'true',
    ...process.env,
    LABELRELAY_STAGE: stage,
    AWS_REGION: where.region,
    AWS_ENDPOINT_URL: endpoint,
  });
  const config = atEndpoint(given, endpoint, dynamoDbEndpoint ?? given.dynamoDbEndpoint);
  return {
    config,
    secrets: given.secrets,
    sources: [...given.sources.values()].map(({ name, platform }) => ({
      name,
      platform: platform.name as PlatformName,
      webhookUrl: webhookUrl(`http://127.0.0.1:${given.port}`, name),
    })),
    queues,
  };
}

/** Includes a missing queue if its dead-letter queue exists, and the other way round. */
function queuesAmong(urls: readonly string[], stage: string): DeployedQueue[] {
  const isDeadLetters = (url: string) => url.endsWith(DEAD_LETTER_SUFFIX);
  const whole = urls.map((url) =>
    isDeadLetters(url) ? url.slice(0, -DEAD_LETTER_SUFFIX.length) : url,
  );
  return [...new Set(whole)].sort().map((url) => {
    const name = url.slice(url.lastIndexOf('/') + 1 + queueName(stage, '').length);
    return name === TAP_QUEUE
      ? { name, url }
      : { name, url, deadLetterUrl: url + DEAD_LETTER_SUFFIX };
  });
}
