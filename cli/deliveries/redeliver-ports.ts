import { s3HeldObjects } from '../../lib/aws/s3/s3-held-objects';
import { s3LargeObjects } from '../../lib/aws/s3/s3-large-objects';
import { sqsQueues } from '../../lib/aws/sqs/sqs-queues';
import type { RedeliverPorts } from '../../lib/receive/ports';
import { environmentSecrets } from '../../lib/server/environment-secrets';
import { onceFor } from '../aws/once-for';
import type { Deployment } from '../deployment/deployment';

/** The ports of the pipeline for a command: without a log and without metrics. */
export const redeliverPorts = onceFor(
  ({ config, secrets = new Map() }: Deployment): RedeliverPorts => ({
    secrets: environmentSecrets(secrets),
    queues: sqsQueues(config),
    objects: s3HeldObjects(config),
    large: s3LargeObjects(config),
    telemetry: { log: () => {} },
  }),
);
