import { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Worker } from '../consume/create-worker';
import { handleMessage } from '../consume/handle-message';
import { type SqsMessage, sqsWorkerQueue, waitsOf } from './sqs-worker-queue';

export type SqsHandler = (event: SQSEvent) => Promise<SQSBatchResponse>;

export interface LambdaWorkerOptions {
  /** One with the settings of the environment by default. */
  readonly client?: SQSClient;
  /** What comes before the name in a queue's URL: AWS's own by default. */
  readonly queueUrlBase?: string;
}

/**
 * A worker as a Lambda handler, for an event source with `ReportBatchItemFailures`: messages that are
 * to come again are named, all others are done with.
 */
export const lambdaWorker =
  (
    worker: Worker,
    { client = new SQSClient(), queueUrlBase }: LambdaWorkerOptions = {},
  ): SqsHandler =>
  async ({ Records }) => {
    const done = await Promise.all(
      Records.map((record) => {
        const queue = sqsWorkerQueue(client, queueUrlOf(record, queueUrlBase));
        return handleMessage(worker, toMessage(record), queue);
      }),
    );
    return {
      batchItemFailures: Records.filter((_, index) => !done[index]).map(({ messageId }) => ({
        itemIdentifier: messageId,
      })),
    };
  };

/** `arn:aws:sqs:<region>:<account>:<name>` */
function queueUrlOf({ eventSourceARN }: SQSRecord, base?: string): string {
  const [, partition, , region, account, name] = eventSourceARN.split(':');
  const domain = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `${base ?? `https://sqs.${region}.${domain}/${account}/`}${name}`;
}

function toMessage(record: SQSRecord): SqsMessage {
  const attributes = Object.fromEntries(
    Object.entries(record.messageAttributes).map(([name, { dataType, stringValue }]) => [
      name,
      { DataType: dataType, StringValue: stringValue },
    ]),
  );
  return {
    body: record.body,
    receiveCount: Number(record.attributes.ApproximateReceiveCount),
    receiptHandle: record.receiptHandle,
    attributes,
    waits: waitsOf(attributes),
    groupId: record.attributes.MessageGroupId,
  };
}
