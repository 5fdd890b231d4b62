import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { clientOptions } from '../../lib/aws/client/client-options';

/** One client for each endpoint, so that its connections are used again. */
function oncePerEndpoint<C>(create: (endpoint: string) => C): (endpoint: string) => C {
  const clients = new Map<string, C>();
  return (endpoint) => {
    const client = clients.get(endpoint) ?? create(endpoint);
    clients.set(endpoint, client);
    return client;
  };
}

const at = (endpoint: string) => clientOptions({ region: 'us-east-1', endpoint });

export const sqsAt = oncePerEndpoint(
  (endpoint) => new SQSClient({ ...at(endpoint), useQueueUrlAsEndpoint: false }),
);

export const s3At = oncePerEndpoint(
  (endpoint) => new S3Client({ ...at(endpoint), forcePathStyle: true }),
);

export const dynamoDbAt = oncePerEndpoint((endpoint) => new DynamoDBClient(at(endpoint)));

export const secretsManagerAt = oncePerEndpoint(
  (endpoint) => new SecretsManagerClient(at(endpoint)),
);
