import type { Config } from '../config/read-config';
import type { Ports } from '../receive/ports';
import { groupCommit } from '../receive/publish/group-commit';
import { cacheSecrets } from '../receive/verify/cache-secrets';
import { prefetchSecrets } from '../receive/verify/prefetch-secrets';
import { s3Objects } from './s3/s3-objects';
import { secretsManager } from './secrets-manager/secrets-manager';
import { sqsQueues } from './sqs/sqs-queues';
import { stageTelemetry } from './stage-telemetry';

/** The ports of the receive function. It reads the secrets, and connects to SQS, while it starts. */
export const receivePorts = (config: Config): Ports => ({
  secrets: cacheSecrets(prefetchSecrets(secretsManager(config), config.sources.keys())),
  queues: groupCommit(sqsQueues(config, { isHurried: true })),
  objects: s3Objects(config),
  telemetry: stageTelemetry(config),
});
