import {
  CreateTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type Config, LOCAL_ACCOUNT } from '../config/read-config';
import { deadLetterQueueName, MAX_RECEIVES, queueName, queuesOf } from '../events/queues';
import { clientOptions } from './client-options';
import { dynamoDbClient } from './dynamo-table';

/** Creates the queues, the bucket and the table that are not there yet: for local stand-ins only. */
export async function createMissing(settings: Config): Promise<void> {
  const sqs = new SQSClient({ ...clientOptions(settings), useQueueUrlAsEndpoint: false });
  for (const queue of queuesOf(settings.routes)) {
    await createQueue(sqs, deadLetterQueueName(settings.stage, queue), {});
    await createQueue(sqs, queueName(settings.stage, queue), {
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: `arn:aws:sqs:${settings.region}:${LOCAL_ACCOUNT}:${deadLetterQueueName(settings.stage, queue)}`,
        maxReceiveCount: MAX_RECEIVES,
      }),
    });
  }
  await createBucket(
    new S3Client({ ...clientOptions(settings), forcePathStyle: true }),
    settings.bucket,
  );
  if (settings.hasExampleWorker) await createTable(dynamoDbClient(settings), settings.labelTable);
}

async function createQueue(
  sqs: SQSClient,
  name: string,
  attributes: Record<string, string>,
): Promise<void> {
  try {
    await sqs.send(new GetQueueUrlCommand({ QueueName: name }));
  } catch (error) {
    if (!(error instanceof Error) || !/NonExistentQueue|QueueDoesNotExist/.test(error.name))
      throw error;
    await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
  }
}

async function createBucket(s3: S3Client, bucket: string): Promise<void> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket: bucket }));
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'NotFound') throw error;
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  }
}

async function createTable(client: DynamoDBClient, TableName: string): Promise<void> {
  const names = ['key', 'item'];
  const command = new CreateTableCommand({
    TableName,
    AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: [
      { AttributeName: 'key', KeyType: 'HASH' },
      { AttributeName: 'item', KeyType: 'RANGE' },
    ],
    BillingMode: 'PAY_PER_REQUEST',
  });
  await client.send(command).catch((error) => {
    if (!(error instanceof ResourceInUseException)) throw error;
  });
  const wait = { client, minDelay: 0.05, maxDelay: 0.5, maxWaitTime: 20 };
  await waitUntilTableExists(wait, { TableName });
}
