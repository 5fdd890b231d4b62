import type { Config } from '../config/read-config';
import type { RedeliverPorts } from '../receive/ports';
import { s3StoredObjects } from './s3/s3-stored-objects';
import { secretsManager } from './secrets-manager/secrets-manager';
import { sqsQueues } from './sqs/sqs-queues';
import { stageTelemetry } from './stage-telemetry';

/** Every port of the redelivery function. */
export function redeliverPorts(config: Config): RedeliverPorts {
  const readSecrets = secretsManager(config);
  return {
    secrets: {
      // Secrets are not cached: only the current ones prove that a delivery is not authentic.
      async read(source) {
        return { secrets: await readSecrets(source, { isWhole: true }), isConclusive: true };
      },
      refresh: async () => undefined,
    },
    queues: sqsQueues(config),
    objects: s3StoredObjects(config),
    telemetry: stageTelemetry(config),
  };
}
