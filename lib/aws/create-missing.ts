import { CreateBucketCommand, HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type AwsSettings, LOCAL_ACCOUNT } from '../config/read-config';
import {
  deadLetterQueueName,
  MAX_RECEIVES,
  queueName,
  queuesOf,
  type Routes,
} from '../events/queues';
import { clientOptions } from './client-options';

/** Creates the queues and the bucket that are not there yet: for local stand-ins only. */
export async function createMissing(settings: AwsSettings & { routes: Routes }): Promise<void> {
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
