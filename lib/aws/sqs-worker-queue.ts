import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type MessageAttributeValue,
  type Message as ReceivedMessage,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Message, Queue } from '../consume/handle-message';
import { DEAD_LETTER_SUFFIX } from '../events/queues';

/** A message of a queue of SQS. */
export interface SqsMessage extends Message {
  readonly receiptHandle: string;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  /** SQS is fair between groups. */
  readonly groupId?: string;
}

/** The attribute that says how often a message has waited. */
const WAITS = 'waits';

export const waitsOf = (attributes: SqsMessage['attributes']): number =>
  Number(attributes[WAITS]?.StringValue) || 0;

/** A message as the client receives it, asked for all attributes, its receive count and its group. */
export const toSqsMessage = ({
  Body = '',
  ReceiptHandle = '',
  Attributes,
  MessageAttributes = {},
}: ReceivedMessage): SqsMessage => ({
  body: Body,
  receiveCount: Number(Attributes?.ApproximateReceiveCount ?? 1),
  receiptHandle: ReceiptHandle,
  attributes: MessageAttributes,
  waits: waitsOf(MessageAttributes),
  groupId: Attributes?.MessageGroupId,
});

/** What SQS takes in an attribute, on one line. */
const NOT_PRINTABLE = /[^\x20-\x7e]+/g;
const MAX_REASON_LENGTH = 1_000;

/**
 * A queue whose dead-letter queue is beside it, as `<name>-dlq`.
 *
 * @param queueUrl of the queue itself
 */
export const sqsWorkerQueue = (client: SQSClient, queueUrl: string): Queue<SqsMessage> => ({
  async bury({ body, attributes: { [WAITS]: _, ...attributes } }, reason) {
    const StringValue = reason.replace(NOT_PRINTABLE, ' ').slice(0, MAX_REASON_LENGTH);
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl + DEAD_LETTER_SUFFIX,
        MessageBody: body,
        MessageAttributes: { ...attributes, reason: { DataType: 'String', StringValue } },
      }),
    );
  },

  async wait({ body, attributes, receiptHandle, waits = 0, groupId }, seconds) {
    const waited = { DataType: 'Number', StringValue: String(waits + 1) };
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: body,
        MessageAttributes: { ...attributes, [WAITS]: waited },
        MessageGroupId: groupId,
        DelaySeconds: seconds,
      }),
    );
    // At once: a batch that ends badly would bring back what has a copy by now.
    const command = new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle });
    await client.send(command).catch(() => {});
  },

  async delay({ receiptHandle }, seconds) {
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      }),
    );
  },
});
