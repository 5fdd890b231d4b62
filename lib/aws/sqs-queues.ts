import { SQSClient } from '@aws-sdk/client-sqs';
import type { AwsSettings } from '../config/read-config';
import type { Message } from '../events/message';
import { queueName } from '../events/queues';
import type { Queues } from '../receive/ports';
import { clientOptions } from './client-options';
import { sendingClient } from './sending-client';

export const sqsClient = (settings: AwsSettings): SQSClient =>
  new SQSClient({ ...clientOptions(settings), useQueueUrlAsEndpoint: false });

/** @param queue without its `labelrelay-<stage>-` prefix */
export const queueUrl = ({ queueUrlBase, stage }: AwsSettings, queue: string): string =>
  queueUrlBase + queueName(stage, queue);

export function sqsQueues(settings: AwsSettings): Queues {
  const send = sendingClient(settings);
  return {
    async sendBatch(queue, messages, signal) {
      const { Successful = [] } = await send(
        { QueueUrl: queueUrl(settings, queue), Entries: messages.map(toEntry) },
        signal,
      );
      // Only an entry that the answer names was accepted: an answer that does not add up failed.
      const accepted = new Set(Successful.map(({ Id }) => Id));
      return messages.filter((_, index) => !accepted.has(String(index)));
    },
  };
}

const toEntry = ({ body, attributes, groupId }: Message, index: number) => ({
  Id: String(index),
  MessageBody: body,
  MessageGroupId: groupId,
  MessageAttributes: Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      { DataType: 'String', StringValue: value },
    ]),
  ),
});
