import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type MessageAttributeValue,
  type Message as ReceivedMessage,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Message, Queue } from '../../consume/queue';
import { toReason } from '../../consume/reason-of';
import { DEAD_LETTER_SUFFIX, MAX_RECEIVES } from '../../events/queues';

/**
 * A message of an SQS queue, as `toSqsMessage` makes it.
 *
 * @example
 * ```ts
 * import { type SqsMessage, toSqsMessage } from 'labelrelay/worker';
 *
 * const message: SqsMessage = toSqsMessage({ Body: '{}', ReceiptHandle: 'handle' });
 * console.log(message.receiptHandle, message.receiveCount); // handle 1
 * ```
 */
export interface SqsMessage extends Message {
  /** The handle of this receive. */
  readonly receiptHandle: string;
  /** The message attributes, by name. */
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  /** The message group: SQS is fair between groups. */
  readonly groupId?: string;
}

/** The attribute with the number of waits of a message. */
const WAITS = 'waits';

export const waitsOf = (attributes: SqsMessage['attributes']): number =>
  Number(attributes[WAITS]?.StringValue) || 0;

/**
 * Converts a message of the SQS client. Receive it with all message attributes, and with the system attributes
 * `ApproximateReceiveCount` and `MessageGroupId`.
 *
 * @example
 * ```ts
 * import { toSqsMessage } from 'labelrelay/worker';
 *
 * const message = toSqsMessage({ Body: '{}', Attributes: { ApproximateReceiveCount: '3' } });
 * console.log(message.body, message.receiveCount); // {} 3
 * ```
 */
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

/**
 * A queue with its dead-letter queue, `<name>-dlq`. The tries of a message are those of the queue's redrive policy, or 5
 * if it cannot be read.
 *
 * @param queueUrl the URL of the queue itself
 *
 * @example
 * ```ts
 * import { SQSClient } from '@aws-sdk/client-sqs';
 * import { sqsWorkerQueue } from 'labelrelay/worker';
 *
 * const url = 'https://sqs.us-east-1.amazonaws.com/123456789012/labelrelay-prod-label-created';
 * const queue = sqsWorkerQueue(new SQSClient({ region: 'us-east-1' }), url);
 * console.log(Object.keys(queue).join()); // bury,wait,delay,tries
 * ```
 */
export function sqsWorkerQueue(client: SQSClient, queueUrl: string): Queue<SqsMessage> {
  let tries: Promise<number> | undefined;
  return {
    async bury({ body, groupId, attributes: { [WAITS]: _, ...attributes } }, reason) {
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl + DEAD_LETTER_SUFFIX,
          MessageBody: body,
          MessageAttributes: {
            ...attributes,
            reason: { DataType: 'String', StringValue: toReason(reason) },
          },
          MessageGroupId: groupId,
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
      // Delete at once: if the batch fails, SQS would deliver the original beside its copy.
      const command = new DeleteMessageCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: receiptHandle,
      });
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

    async tries() {
      tries ??= readTries(client, queueUrl).catch(() => {
        tries = undefined;
        return MAX_RECEIVES;
      });
      return await tries;
    },
  };
}

/** Reads the redrive policy of a queue. Without one, SQS never gives up on a message. */
async function readTries(client: SQSClient, QueueUrl: string): Promise<number> {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['RedrivePolicy'] });
  const { Attributes } = await client.send(command);
  const policy = Attributes?.RedrivePolicy;
  if (!policy) return Number.POSITIVE_INFINITY;
  return Number(JSON.parse(policy).maxReceiveCount) || MAX_RECEIVES;
}
