import { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { clientOptions } from '../../lib/aws/client/client-options';
import type { AwsSettings } from '../../lib/config/read-config';
import { onceFor } from './once-for';

/** The region and the endpoint of AWS, and whether there are credentials. */
export type Where = Pick<AwsSettings, 'region' | 'endpoint' | 'hasCredentials'>;

/** Timeouts are longer than the receiver's: a long poll takes up to 20 seconds, a function up to 15 minutes. */
const options = (where: Where, seconds = 30) => ({
  ...clientOptions(where),
  requestHandler: {
    connectionTimeout: 5_000,
    requestTimeout: seconds * 1_000,
    throwOnRequestTimeout: true,
  },
});

export const apiGateway = onceFor((where: Where) => new ApiGatewayV2Client(options(where)));
export const cloudFormation = onceFor((where: Where) => new CloudFormationClient(options(where)));
export const cloudWatch = onceFor((where: Where) => new CloudWatchClient(options(where)));
export const lambda = onceFor((where: Where) => new LambdaClient(options(where, 900)));
export const secretsManager = onceFor((where: Where) => new SecretsManagerClient(options(where)));
export const sqs = onceFor(
  (where: Where) => new SQSClient({ ...options(where), useQueueUrlAsEndpoint: false }),
);
export const s3 = onceFor(
  (where: Where) =>
    new S3Client({ ...options(where), forcePathStyle: where.endpoint !== undefined }),
);
