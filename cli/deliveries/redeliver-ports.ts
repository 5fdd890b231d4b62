import { onceFor } from '../../lib/aws/operate/once-for';
import { s3StoredObjects } from '../../lib/aws/s3/s3-stored-objects';
import { sqsQueues } from '../../lib/aws/sqs/sqs-queues';
import type { RedeliverPorts } from '../../lib/receive/ports';
import { environmentSecrets } from '../../lib/server/environment-secrets';
import type { Deployment } from '../deployment/deployment';

/** The ports of the pipeline for a command: without a log and without metrics. */
export const redeliverPorts = onceFor(
  ({ config, secrets = new Map() }: Deployment): RedeliverPorts => ({
    secrets: environmentSecrets(secrets),
    queues: sqsQueues(config),
    objects: s3StoredObjects(config),
    telemetry: { log: () => {} },
  }),
);
