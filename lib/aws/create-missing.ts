import { CreateBucketCommand, HeadBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, GetQueueUrlCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type Config, hasMilestones, LOCAL_ACCOUNT } from '../config/read-config';
import {
  deadLetterQueueName,
  MAX_RECEIVES,
  queueName,
  queuesOf,
  TAP_QUEUE,
  TAP_RETENTION,
  workerQueuesOf,
} from '../events/queues';
import { createTable } from './dynamodb/create-table';
import { dynamoDbClient } from './dynamodb/dynamo-table';
import { tableKeys } from './dynamodb/table-keys';
import { s3Client } from './s3/s3-objects';
import { sqsClient } from './sqs/sqs-queues';

/** Creates missing queues, the bucket and tables, on emulators only. */
export async function createMissing(settings: Config): Promise<void> {
  const sqs = sqsClient(settings);
  for (const queue of workerQueuesOf(settings.routes)) {
    await createQueue(sqs, deadLetterQueueName(settings.stage, queue), {});
    await createQueue(sqs, queueName(settings.stage, queue), {
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: `arn:aws:sqs:${settings.region}:${LOCAL_ACCOUNT}:${deadLetterQueueName(settings.stage, queue)}`,
        maxReceiveCount: MAX_RECEIVES,
      }),
    });
  }
  if (queuesOf(settings.routes).includes(TAP_QUEUE)) {
    await createQueue(sqs, queueName(settings.stage, TAP_QUEUE), {
      MessageRetentionPeriod: String(TAP_RETENTION),
    });
  }
  await createBucket(s3Client(settings), settings.bucket);
  const dynamoDb = dynamoDbClient(settings);
  if (settings.hasLabelStore) await createTable(dynamoDb, settings.labelStoreTable, tableKeys);
  if (hasMilestones(settings)) await createTable(dynamoDb, settings.milestonesTable, tableKeys);
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
