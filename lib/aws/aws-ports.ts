import type { Config } from '../config/read-config';
import { cacheSecrets } from '../receive/cache-secrets';
import type { Ports, RedeliverPorts } from '../receive/ports';
import { createTelemetry } from '../telemetry';
import { s3HeldObjects } from './s3-held-objects';
import { s3Objects } from './s3-objects';
import { secretsManager } from './secrets-manager';
import { sqsQueues } from './sqs-queues';

const common = (config: Config): Pick<Ports, 'queues' | 'telemetry'> => ({
  queues: sqsQueues(config),
  telemetry: createTelemetry(config.stage, (line) => process.stdout.write(`${line}\n`)),
});

/** Every port of the receive function. */
export const receivePorts = (config: Config): Ports => ({
  ...common(config),
  secrets: cacheSecrets(secretsManager(config)),
  objects: s3Objects(config),
});

/** Every port of the redelivery function. */
export const redeliverPorts = (config: Config): RedeliverPorts => ({
  ...common(config),
  // Asked each time: only what is known now can tell that a delivery is not authentic.
  secrets: { read: secretsManager(config), refresh: async () => undefined },
  objects: s3HeldObjects(config),
});
