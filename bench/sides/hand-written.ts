import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SECRET } from '../stub/answer';

// A receiver as somebody writes it in an afternoon: it compares the HMAC, and sends the parsed label with an unchanged client.
const client = new SQSClient({});
const QueueUrl = `${process.env.LABELRELAY_QUEUE_URL_BASE}labelrelay-dev-label-created`;

function isAuthentic(body: Buffer, signature = ''): boolean {
  const expected = createHmac('sha1', SECRET).update(body).digest();
  const given = Buffer.from(signature.replace('sha1=', ''), 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

async function accept(body: Buffer): Promise<void> {
  const event = JSON.parse(body.toString());
  const data = { ...event, label: JSON.parse(event.label) };
  const message = { id: event.id, type: 'label.created', data };
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) }));
  console.log(JSON.stringify({ level: 'info', message: 'accepted', id: event.id }));
}

createServer((request, response) => {
  const chunks: Buffer[] = [];
  const answer = (status: number, text: string): void =>
    void response.writeHead(status, { 'content-length': text.length }).end(text);
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    if (!isAuthentic(body, String(request.headers['x-hub-signature']))) return answer(401, '{}');
    accept(body).then(
      () => answer(202, '{"ok":true}'),
      () => answer(503, '{}'),
    );
  });
}).listen(Number(process.env.PORT));
