import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FORGED, sources } from './sources';

/** The calls to AWS so far. */
export interface Given {
  messages: number;
  objects: number;
  /** Messages that SQS would not take. */
  refused: number;
  /** Messages and objects of deliveries that are not authentic, beside what is held unverified. */
  forged: number;
}

// Secrets Manager, SQS and S3 in a process of its own, as much of each as a delivery meets.
const given: Given = { messages: 0, objects: 0, refused: 0, forged: 0 };
const secrets = new Map(sources.map((source) => [`labelrelay/dev/${source.name}`, source]));

const server = createServer((incoming, response) => {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk) => chunks.push(chunk));
  incoming.on('end', () => {
    const body = Buffer.concat(chunks).toString();
    const operation = String(incoming.headers['x-amz-target']).split('.')[1];
    if (body.includes(FORGED) && !incoming.url?.includes('/held/unverified/')) given.forged++;
    if (incoming.method === 'PUT') {
      given.objects++;
      response.setHeader('etag', '"0"').end();
    } else if (operation === 'GetSecretValue') {
      const [status, answer] = getSecretValue(JSON.parse(body));
      response.writeHead(status).end(JSON.stringify(answer));
    } else {
      response.end(JSON.stringify(sendMessageBatch(JSON.parse(body))));
    }
  });
});

function getSecretValue(asked: { SecretId: string; VersionStage: string }): [number, object] {
  const { secret, isDown } = secrets.get(asked.SecretId) ?? {};
  if (isDown) return [400, { __type: 'AccessDeniedException' }];
  if (!secret || asked.VersionStage !== 'AWSCURRENT') {
    return [400, { __type: 'ResourceNotFoundException' }];
  }
  return [200, { SecretString: secret, CreatedDate: 1_700_000_000 }];
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const REFUSED = /[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

function sendMessageBatch({ Entries }: { Entries: { Id: string; MessageBody: string }[] }): object {
  return {
    Successful: Entries.map(({ Id, MessageBody }) => {
      given.messages++;
      if (REFUSED.test(MessageBody) || typeof JSON.parse(MessageBody) !== 'object') given.refused++;
      const MD5OfMessageBody = createHash('md5').update(MessageBody).digest('hex');
      return { Id, MessageId: Id, MD5OfMessageBody };
    }),
  };
}

server.listen(0, '127.0.0.1', () =>
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
process.on('message', () => process.send?.(given));
process.on('disconnect', () => process.exit());
