import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { verify } from '@octokit/webhooks-methods';
import type { GatewayEvent } from '../deliveries/to-event';
import { SECRET } from '../stub/answer';
import { readJson } from './read-json';
import { serve } from './serve';

// A typical receiver without labelrelay: a verifier from npm, and an unchanged SQS client that sends the raw body.
const client = new SQSClient({});
const QueueUrl = `${process.env.LABELRELAY_QUEUE_URL_BASE}labelrelay-dev-label-created`;

async function handler({ body = '', headers }: GatewayEvent): Promise<{ statusCode: number }> {
  if (!(await verify(SECRET, body, headers['x-hub-signature-256'] ?? ''))) {
    return { statusCode: 401 };
  }
  const { id } = JSON.parse(body);
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
  console.log(JSON.stringify({ level: 'info', message: 'accepted', id }));
  return { statusCode: 202 };
}

serve((file) => {
  const event = readJson<GatewayEvent>(file);
  return async () => {
    const { statusCode } = await handler(event);
    if (statusCode !== 202) throw new Error(`expected 202, got ${statusCode}`);
  };
});
