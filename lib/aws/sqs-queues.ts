import { SQSClient } from '@aws-sdk/client-sqs';
import type { AwsSettings } from '../config/read-config';
import type { Message } from '../events/message';
import { queueName } from '../events/queues';
import type { Queues } from '../receive/ports';
import { clientOptions } from './client-options';
import { endAnswers } from './end-answers';
import { sendingClient } from './sending-client';

export const sqsClient = (settings: AwsSettings): SQSClient =>
  endAnswers(new SQSClient({ ...clientOptions(settings), useQueueUrlAsEndpoint: false }));

/** @param queue without its `labelrelay-<stage>-` prefix */
export const queueUrl = ({ queueUrlBase, stage }: AwsSettings, queue: string): string =>
  queueUrlBase + queueName(stage, queue);

export function sqsQueues(settings: AwsSettings): Queues {
  const send = sendingClient(settings);
  let calls = 0;
  return {
    async sendBatch(queue, messages, signal) {
      // No other call has them: an answer that strayed says nothing of this one.
      const prefix = `${calls++}-`;
      const { Successful = [] } = await send(
        {
          QueueUrl: queueUrl(settings, queue),
          Entries: messages.map((message, index) => toEntry(message, prefix + index)),
        },
        signal,
      );
      // Only an entry that the answer names was accepted: an answer that does not add up failed.
      const accepted = new Set(Successful.map(({ Id }) => Id));
      return messages.filter((_, index) => !accepted.has(prefix + index));
    },
  };
}

const toEntry = ({ body, attributes, groupId }: Message, Id: string) => ({
  Id,
  MessageBody: body,
  MessageGroupId: groupId,
  MessageAttributes: Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      { DataType: 'String', StringValue: value },
    ]),
  ),
});
