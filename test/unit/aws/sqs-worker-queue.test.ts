import type { SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from '@jest/globals';
import { sqsWorkerQueue, toSqsMessage } from '../../../lib/aws/sqs/sqs-worker-queue';

/** A client that remembers commands, and fails at those that are named. */
function recorder(...failing: string[]) {
  const sent: [string, unknown][] = [];
  const send = async (command: { constructor: { name: string }; input: unknown }) => {
    const { name } = command.constructor;
    sent.push([name, command.input]);
    if (failing.includes(name)) throw new Error('down');
  };
  return { sent, client: { send } as unknown as SQSClient };
}

const QueueUrl = 'https://sqs.eu-west-1.amazonaws.com/1/labelrelay-prod-label-updated';
const text = (StringValue: string) => ({ DataType: 'String', StringValue });
const message = (waits?: string) =>
  toSqsMessage({
    Body: '{}',
    ReceiptHandle: 'receipt',
    Attributes: { ApproximateReceiveCount: '3', MessageGroupId: 'labelbox/7' },
    MessageAttributes: { type: text('a'), ...(waits && { waits: text(waits) }) },
  });

test('a waiting message is sent again with all attributes, and then deleted', async () => {
  const { sent, client } = recorder();
  await sqsWorkerQueue(client, QueueUrl).wait(message('4'), 77);
  expect(sent).toEqual([
    [
      'SendMessageCommand',
      {
        QueueUrl,
        MessageBody: '{}',
        MessageAttributes: {
          type: text('a'),
          waits: { DataType: 'Number', StringValue: '5' },
        },
        MessageGroupId: 'labelbox/7',
        DelaySeconds: 77,
      },
    ],
    ['DeleteMessageCommand', { QueueUrl, ReceiptHandle: 'receipt' }],
  ]);
});

test('a message is not deleted if it could not be sent again', async () => {
  const { sent, client } = recorder('SendMessageCommand');
  await expect(sqsWorkerQueue(client, QueueUrl).wait(message(), 5)).rejects.toThrow('down');
  expect(sent.map(([name]) => name)).toEqual(['SendMessageCommand']);
});

test('a message that could not be deleted is duplicated, which is no failure', async () => {
  const { client } = recorder('DeleteMessageCommand');
  await sqsWorkerQueue(client, QueueUrl).wait(message(), 5);
});

test('a redriven dead letter starts with new tries', async () => {
  const { sent, client } = recorder();
  await sqsWorkerQueue(client, QueueUrl).bury(message('4'), 'no such class');
  expect(sent[0]?.[1]).toMatchObject({
    QueueUrl: `${QueueUrl}-dlq`,
    MessageAttributes: { type: text('a'), reason: text('no such class') },
  });
  expect(JSON.stringify(sent)).not.toContain('waits');
});

test('the tries are those of the redrive policy, which is read once', async () => {
  const answers: object[] = [
    { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: 'arn', maxReceiveCount: 3 }) },
    { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: 'arn', maxReceiveCount: '7' }) },
    {},
  ];
  let calls = 0;
  const send = async () => ({ Attributes: answers[calls++] });
  const queue = () => sqsWorkerQueue({ send } as unknown as SQSClient, QueueUrl);
  const first = queue();
  expect([await first.tries?.(), await first.tries?.()]).toEqual([3, 3]);
  expect(await queue().tries?.()).toBe(7);
  // Without a policy, SQS never moves a message to a dead-letter queue.
  expect(await queue().tries?.()).toBe(Number.POSITIVE_INFINITY);
});

test('the tries are five while the policy cannot be read, and it is asked for again', async () => {
  const { sent, client } = recorder('GetQueueAttributesCommand');
  const queue = sqsWorkerQueue(client, QueueUrl);
  expect([await queue.tries?.(), await queue.tries?.()]).toEqual([5, 5]);
  expect(sent).toHaveLength(2);
});
