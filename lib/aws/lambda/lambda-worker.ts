import { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Worker } from '../../consume/create-worker';
import { handleMessage } from '../../consume/handle-message';
import type { Queue } from '../../consume/queue';
import type { OnError } from '../../consume/tell-failure';
import { type SqsMessage, sqsWorkerQueue, waitsOf } from '../sqs/sqs-worker-queue';

/**
 * A Lambda handler for an event source mapping of SQS with `ReportBatchItemFailures`.
 *
 * @example
 * ```ts
 * import { memoryMarks } from 'labelrelay/testing';
 * import { createWorker, inOrder, lambdaWorker, type SqsHandler } from 'labelrelay/worker';
 *
 * const worker = createWorker({}, { guard: inOrder(memoryMarks()) });
 * export const handler: SqsHandler = lambdaWorker(worker);
 * console.log((await handler({ Records: [] })).batchItemFailures.length); // 0
 * ```
 */
export type SqsHandler = (event: SQSEvent) => Promise<SQSBatchResponse>;

/**
 * The queues of a Lambda function, and its monitoring.
 *
 * @example
 * ```ts
 * import type { LambdaWorkerOptions } from 'labelrelay/worker';
 *
 * const options: LambdaWorkerOptions = { onError: (error, { topic }) => console.error(topic, error) };
 * console.log(typeof options.onError); // function
 * ```
 */
export interface LambdaWorkerOptions {
  /** The client. By default it is made from the environment. */
  readonly client?: SQSClient;
  /** The beginning of the URL of each queue: that of AWS by default. */
  readonly queueUrlBase?: string;
  /** Is called with each error that is logged. */
  readonly onError?: OnError;
}

/**
 * Makes a Lambda handler of a worker. The event source mapping needs `ReportBatchItemFailures`: the answer names the
 * messages that must be received again, and SQS deletes all others. Errors are logged as by `handleMessage`.
 *
 * @param worker made by `createWorker`
 * @param options the client, and the beginning of queue URLs if the queues are not in AWS
 *
 * @example
 * ```ts
 * import { buildEvent, memoryMarks } from 'labelrelay/testing';
 * import { createWorker, inOrder, lambdaWorker } from 'labelrelay/worker';
 *
 * const worker = createWorker(
 *   { 'label.created': ({ subject }) => console.log(subject) },
 *   { guard: inOrder(memoryMarks()) },
 * );
 * export const handler = lambdaWorker(worker);
 *
 * const event = buildEvent('label.created', {}, { subject: 'label/1' });
 * const record = {
 *   messageId: '1',
 *   receiptHandle: 'handle',
 *   body: JSON.stringify(event),
 *   attributes: { ApproximateReceiveCount: '1' },
 *   messageAttributes: {},
 *   eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:labelrelay-dev-label-created',
 * };
 * const answer = await handler({ Records: [record as never] }); // label/1
 * console.log(answer.batchItemFailures.length); // 0
 * ```
 */
export function lambdaWorker(
  worker: Worker,
  { client = new SQSClient(), queueUrlBase, onError }: LambdaWorkerOptions = {},
): SqsHandler {
  const queues = new Map<string, Queue<SqsMessage>>();
  const queueOf = (record: SQSRecord): Queue<SqsMessage> => {
    const url = queueUrlOf(record, queueUrlBase);
    const queue = queues.get(url) ?? sqsWorkerQueue(client, url);
    queues.set(url, queue);
    return queue;
  };
  return async ({ Records }) => {
    const done = await Promise.all(
      Records.map((record) =>
        handleMessage(worker, toMessage(record), queueOf(record), { onError }),
      ),
    );
    return {
      batchItemFailures: Records.filter((_, index) => !done[index]).map(({ messageId }) => ({
        itemIdentifier: messageId,
      })),
    };
  };
}

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
