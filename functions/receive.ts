import { apiGatewayHandler } from '../lib/aws/api-gateway';
import { s3Objects } from '../lib/aws/s3-objects';
import { secretsManager } from '../lib/aws/secrets-manager';
import { sqsQueues } from '../lib/aws/sqs-queues';
import { readConfig } from '../lib/config/read-config';
import { cacheSecrets } from '../lib/receive/cache-secrets';
import { createReceiver } from '../lib/receive/receive';
import { createTelemetry } from '../lib/telemetry';

const config = readConfig(process.env);

const receive = createReceiver(
  {
    secrets: cacheSecrets(secretsManager(config)),
    queues: sqsQueues(config),
    objects: s3Objects(config),
    telemetry: createTelemetry((line) => process.stdout.write(`${line}\n`)),
  },
  config,
);

export const handler = apiGatewayHandler(receive, config.maxBodyBytes);
