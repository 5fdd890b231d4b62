import { setTimeout } from 'node:timers/promises';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import { dynamoMarks } from '../../lib/aws/dynamodb/dynamo-marks';
import { lambdaWorker } from '../../lib/aws/lambda/lambda-worker';
import { sqsWorkerQueue, toSqsMessage } from '../../lib/aws/sqs/sqs-worker-queue';
import { createWorker, type Worker } from '../../lib/consume/create-worker';
import { handleMessage } from '../../lib/consume/handle-message';
import { inOrder } from '../../lib/consume/in-order';
import { startAws } from '../../lib/server/start-embedded';
import { buildEvent } from '../../lib/testing/build-event';
import { sqsAt } from '../support/aws-clients';
import { startTables } from '../support/dynamo';

const BACKLOG = 40;
const HANDLER_MS = 3_000;
/** No message may be received twice: whatever waits as the same message is a dead letter. */
const MAX_RECEIVES = 1;

let aws: Awaited<ReturnType<typeof startAws>>;
let tables: Awaited<ReturnType<typeof startTables>>;
let sqs: SQSClient;
beforeAll(async () => {
  [aws, tables] = await Promise.all([startAws(0), startTables()]);
  sqs = sqsAt(aws.endpoint);
});
afterAll(() => {
  aws.stop();
  tables.stop();
});

async function createQueue(name: string): Promise<string> {
  await sqs.send(new CreateQueueCommand({ QueueName: `${name}-dlq` }));
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn: `arn:aws:sqs:us-east-1:000000000000:${name}-dlq`,
    maxReceiveCount: MAX_RECEIVES,
  });
  const Attributes = { RedrivePolicy, VisibilityTimeout: '60' };
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
  return QueueUrl;
}

/** All messages of a queue: those that show, those that are hidden, and those that are delayed. */
async function countAll(QueueUrl: string): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
  );
  return (['', 'NotVisible', 'Delayed'] as const)
    .map((which) => Number(Attributes[`ApproximateNumberOfMessages${which}`]))
    .reduce((sum, count) => sum + count, 0);
}

type Consume = (worker: Worker, messages: Message[], queueUrl: string) => Promise<void>;

const byPoller: Consume = async (worker, messages, queueUrl) => {
  const queue = sqsWorkerQueue(sqs, queueUrl);
  for (const message of messages) {
    if (!(await handleMessage(worker, toSqsMessage(message), queue))) continue;
    const { ReceiptHandle } = message;
    await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
  }
};

/** As Lambda does: what the function does not name is deleted. */
const byLambda: Consume = async (worker, messages, queueUrl) => {
  const name = queueUrl.split('/').at(-1);
  const Records = messages.map(
    ({ MessageId, ReceiptHandle, Body, Attributes, MessageAttributes = {} }) => ({
      messageId: MessageId,
      receiptHandle: ReceiptHandle,
      body: Body,
      attributes: Attributes,
      messageAttributes: Object.fromEntries(
        Object.entries(MessageAttributes).map(([key, { StringValue, DataType }]) => [
          key,
          { stringValue: StringValue, dataType: DataType },
        ]),
      ),
      eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${name}`,
    }),
  );
  const queueUrlBase = queueUrl.slice(0, queueUrl.lastIndexOf('/') + 1);
  const handler = lambdaWorker(worker, { client: sqs, queueUrlBase });
  const { batchItemFailures } = await handler({ Records } as unknown as SQSEvent);
  expect(batchItemFailures).toEqual([]);
  for (const { ReceiptHandle } of messages) {
    await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
  }
};

test.each<[string, Consume]>([
  ['pollers', byPoller],
  ['a Lambda function', byLambda],
])(
  'a backlog of one label and slow handlers, with %s: the newest is last, and none is a dead letter',
  async (name, consume) => {
    const queueUrl = await createQueue(name.replaceAll(' ', '-'));
    const bodies = Array.from({ length: BACKLOG }, (_, index) =>
      JSON.stringify(
        buildEvent(
          'label.updated',
          {},
          { subject: 'label/1', sequence: `2026-01-01T00:00:${10 + index}.000000Z-1` },
        ),
      ),
    );
    // The oldest is handled when the newest comes.
    const send = (MessageBody: string) =>
      sqs.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody,
          MessageAttributes: { source: { DataType: 'String', StringValue: '/labelbox' } },
        }),
      );
    for (const body of bodies) await send(body);

    const effects: string[] = [];
    const marks = dynamoMarks(await tables.create());
    const worker = createWorker(
      {
        'label.updated': async ({ sequence = '' }) => {
          await setTimeout(HANDLER_MS);
          effects.push(sequence);
        },
      },
      { guard: inOrder(marks, { waitMs: 100 }) },
    );

    const received: Message[] = [];
    const poll = async (): Promise<void> => {
      while ((await countAll(queueUrl)) > 0) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl: queueUrl,
            MaxNumberOfMessages: 5,
            WaitTimeSeconds: 1,
            MessageSystemAttributeNames: ['ApproximateReceiveCount'],
            MessageAttributeNames: ['All'],
          }),
        );
        received.push(...Messages);
        await consume(worker, Messages, queueUrl);
      }
    };
    await Promise.all(Array.from({ length: 4 }, poll));

    expect(effects.at(-1)).toBe('2026-01-01T00:00:49.000000Z-1');
    expect(await countAll(`${queueUrl}-dlq`)).toBe(0);
    const waited = received.filter(({ MessageAttributes }) => MessageAttributes?.waits);
    expect(waited.length).toBeGreaterThan(0);
    for (const { Attributes, MessageAttributes } of waited) {
      expect(Attributes).toEqual({ ApproximateReceiveCount: '1' });
      expect(MessageAttributes?.source).toMatchObject({ StringValue: '/labelbox' });
    }
    // Hardly any of them takes effect: all others are older than one that is pending.
    expect(effects.length).toBeLessThan(BACKLOG / 2);
  },
);
