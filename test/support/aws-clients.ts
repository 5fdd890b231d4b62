import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { clientOptions } from '../../lib/aws/client/client-options';

const at = (endpoint: string) => clientOptions({ region: 'us-east-1', endpoint });

export const sqsAt = (endpoint: string): SQSClient =>
  new SQSClient({ ...at(endpoint), useQueueUrlAsEndpoint: false });

export const s3At = (endpoint: string): S3Client =>
  new S3Client({ ...at(endpoint), forcePathStyle: true });

export const dynamoDbAt = (endpoint: string): DynamoDBClient => new DynamoDBClient(at(endpoint));

export const secretsManagerAt = (endpoint: string): SecretsManagerClient =>
  new SecretsManagerClient(at(endpoint));
