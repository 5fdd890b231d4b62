import { createHmac, timingSafeEqual } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { GatewayEvent } from '../deliveries/to-event';
import { SECRET } from '../stub/answer';
import { readJson } from './read-json';
import { type Sent, sentFile } from './sent';
import { serve } from './serve';
import { signRequest, type Unsigned } from './sign-request';

// The minimum work of any receiver: verify a delivery, parse it, write the same event, and send the event in a
// request signed by hand.
const agent = new Agent({ keepAlive: true });
const { hostname, port, host } = new URL(process.env.AWS_ENDPOINT_URL ?? '');

function send(unsigned: Omit<Unsigned, 'host'>): Promise<void> {
  const { method, path, body } = unsigned;
  const headers = {
    ...signRequest({ ...unsigned, host }),
    'content-length': String(body.length),
  };
  return new Promise((resolve, reject) => {
    const outgoing = request({ agent, hostname, port, method, path, headers }, (response) => {
      response.resume().on('end', resolve);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function verify({ body = '', headers }: GatewayEvent): void {
  const expected = createHmac('sha1', SECRET).update(body).digest();
  const given = Buffer.from(headers['x-hub-signature']?.slice('sha1='.length) ?? '', 'hex');
  if (!timingSafeEqual(expected, given)) throw new Error('expected a signature, got another');
}

serve((file) => {
  const event = readJson<GatewayEvent>(file);
  const sent = readJson<Sent>(sentFile(file));
  const message: object = JSON.parse(sent.message);
  const object: object | undefined = sent.object && JSON.parse(sent.object);

  return async () => {
    verify(event);
    const label: { label: string } = JSON.parse(event.body ?? '');
    JSON.parse(label.label);
    if (object) {
      const body = Buffer.from(JSON.stringify(object));
      await send({ method: 'PUT', path: '/bucket/data', service: 's3', headers: {}, body });
    }
    const body = Buffer.from(
      JSON.stringify({
        QueueUrl: sent.queueUrl,
        MessageBody: JSON.stringify(message),
        MessageAttributes: sent.attributes,
        MessageGroupId: sent.groupId,
      }),
    );
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'AmazonSQS.SendMessage',
    };
    await send({ method: 'POST', path: '/', service: 'sqs', headers, body });
  };
});
