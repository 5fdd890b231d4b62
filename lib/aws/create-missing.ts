import { CreateBucketCommand, HeadBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
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
import { s3Client } from './s3/s3-client';
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

/** SQS returns a queue that exists, unless its attributes differ. */
async function createQueue(
  sqs: SQSClient,
  QueueName: string,
  Attributes: Record<string, string>,
): Promise<void> {
  try {
    await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  } catch (error) {
    const isOther = error instanceof Error && /QueueNameExists|QueueAlreadyExists/.test(error.name);
    if (!isOther) throw error;
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
