import type { Config } from '../config/read-config';
import { cacheSecrets } from '../receive/cache-secrets';
import type { Ports } from '../receive/ports';
import { readAhead } from '../receive/read-ahead';
import { lazyObjects } from './lazy-objects';
import { secretsManager } from './secrets-manager';
import { sqsQueues } from './sqs-queues';
import { stageTelemetry } from './stage-telemetry';

/** The ports of the receive function. It reads the secrets while it starts. */
export const receivePorts = (config: Config): Ports => ({
  secrets: cacheSecrets(readAhead(secretsManager(config), config.sources.keys())),
  queues: sqsQueues(config),
  objects: lazyObjects(config),
  telemetry: stageTelemetry(config),
});
