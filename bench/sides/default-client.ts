import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { apiGatewayHandler } from '../../lib/aws/lambda/api-gateway';
import { receivePorts } from '../../lib/aws/receive-ports';
import { readConfig } from '../../lib/config/read-config';
import { queueName } from '../../lib/events/queues';
import type { Queues } from '../../lib/receive/ports';
import { createReceiver } from '../../lib/receive/receive';

// functions/receive.ts with an unchanged SQS client.
const config = readConfig(process.env);
const client = new SQSClient({});

const queues: Queues = {
  async sendBatch(queue, messages) {
    const Entries = messages.map(({ body, attributes, groupId }, index) => ({
      Id: String(index),
      MessageBody: body,
      MessageGroupId: groupId,
      MessageAttributes: Object.fromEntries(
        Object.entries(attributes).map(([name, StringValue]) => [
          name,
          { DataType: 'String', StringValue },
        ]),
      ),
    }));
    const QueueUrl = config.queueUrlBase + queueName(config.stage, queue);
    const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    return Failed.flatMap(({ Id }) => messages[Number(Id)] ?? []);
  },
};

export const handler = apiGatewayHandler(
  createReceiver({ ...receivePorts(config), queues }, config),
  config.maxBodyBytes,
);
