import type { Config } from '../config/read-config';
import { cacheSecrets } from '../receive/cache-secrets';
import type { Ports } from '../receive/ports';
import { createTelemetry } from '../telemetry';
import { s3Objects } from './s3-objects';
import { secretsManager } from './secrets-manager';
import { sqsQueues } from './sqs-queues';

/** Every port of a deployed function. */
export const awsPorts = (config: Config): Ports => ({
  secrets: cacheSecrets(secretsManager(config)),
  queues: sqsQueues(config),
  objects: s3Objects(config),
  telemetry: createTelemetry(config.stage, (line) => process.stdout.write(`${line}\n`)),
});
