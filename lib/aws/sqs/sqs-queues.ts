import { SQSClient } from '@aws-sdk/client-sqs';
import type { AwsSettings } from '../../config/read-config';
import type { Message } from '../../events/message';
import { queueName } from '../../events/queues';
import type { Queues } from '../../receive/ports';
import { clientOptions } from '../client/client-options';
import { endAnswers } from '../client/end-answers';
import { jsonClient } from '../client/json-client';

const SQS = {
  name: 'sqs',
  target: 'AmazonSQS',
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-query-mode': 'true' },
};

export const sqsClient = (settings: AwsSettings): SQSClient =>
  endAnswers(new SQSClient({ ...clientOptions(settings), useQueueUrlAsEndpoint: false }));

/** @param queue the name without the prefix `labelrelay-<stage>-` */
export const queueUrl = ({ queueUrlBase, stage }: AwsSettings, queue: string): string =>
  queueUrlBase + queueName(stage, queue);

/** @param isHurried opens a connection at once, while other work comes before the first message */
export function sqsQueues(settings: AwsSettings, { isHurried = false } = {}): Queues {
  // One endpoint serves every queue.
  const client = jsonClient(SQS, new URL(settings.endpoint ?? settings.queueUrlBase), settings);
  if (isHurried) client.connect();
  let calls = 0;
  return {
    async sendBatch(queue, messages, signal) {
      // The ids are unique to the call, so the answer of another call is recognized.
      const prefix = `${calls++}-`;
      const input = {
        QueueUrl: queueUrl(settings, queue),
        Entries: messages.map((message, index) => toEntry(message, prefix + index)),
      };
      const answer: BatchAnswer = await client.call('SendMessageBatch', input, signal);
      const { Successful = [] } = answer;
      // An entry is accepted only if the answer names it. An inconsistent answer counts as a failure.
      const accepted = new Set(Successful.map(({ Id }) => Id));
      return messages.filter((_, index) => !accepted.has(prefix + index));
    },
  };
}

interface BatchAnswer {
  readonly Successful?: readonly { readonly Id?: string }[];
}

const toEntry = ({ body, attributes, groupId }: Message, Id: string) => ({
  Id,
  MessageBody: body,
  MessageGroupId: groupId,
  MessageAttributes: {
    contentType: toText(attributes.contentType),
    type: toText(attributes.type),
    source: toText(attributes.source),
  },
});

const toText = (value: string) => ({ DataType: 'String', StringValue: value });
