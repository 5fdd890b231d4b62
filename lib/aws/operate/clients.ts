import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { AwsSettings } from '../../config/read-config';
import { clientOptions } from '../client/client-options';
import { onceFor } from './once-for';

/** The region and the endpoint of AWS, and whether there are credentials. */
export type Where = Pick<AwsSettings, 'region' | 'endpoint' | 'hasCredentials'>;

/** Timeouts are longer than the receiver's: a long poll takes up to 20 seconds, a function up to 15 minutes. */
export const patientOptions = (where: Where, seconds = 30) => ({
  ...clientOptions(where),
  requestHandler: {
    connectionTimeout: 5_000,
    requestTimeout: seconds * 1_000,
    throwOnRequestTimeout: true,
  },
});

export const sqs = onceFor(
  (where: Where) => new SQSClient({ ...patientOptions(where), useQueueUrlAsEndpoint: false }),
);
export const s3 = onceFor(
  (where: Where) =>
    new S3Client({ ...patientOptions(where), forcePathStyle: where.endpoint !== undefined }),
);
