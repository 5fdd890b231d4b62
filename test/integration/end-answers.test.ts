import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, expect, test } from '@jest/globals';
import { clientOptions } from '../../lib/aws/client/client-options';
import { endAnswers } from '../../lib/aws/client/end-answers';

const ANSWER_MS = 700;
const HEAD = 'HTTP/1.1 200 OK\r\nETag: "1"\r\nContent-Length: 100000\r\n\r\n';

let server: Server;
const sockets = new Set<Socket>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

/** A server whose answers begin at once, and go on with a byte each 100 ms. */
async function startDripping() {
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write(HEAD);
      const timer = setInterval(() => socket.write(' '), 100);
      socket.once('close', () => clearInterval(timer));
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const options = clientOptions({ region: 'us-east-1', endpoint, hasCredentials: false });
  return { ...options, maxAttempts: 1, forcePathStyle: true };
}
type Options = Awaited<ReturnType<typeof startDripping>>;

test.each<[string, (options: Options) => Promise<unknown>]>([
  [
    'an object of S3',
    async (options) => {
      const command = new GetObjectCommand({ Bucket: 'b', Key: 'k' });
      const { Body } = await endAnswers(new S3Client(options), ANSWER_MS).send(command);
      return text(Body as Readable);
    },
  ],
  [
    'a list of S3',
    (options) =>
      endAnswers(new S3Client(options), ANSWER_MS).send(new ListObjectsV2Command({ Bucket: 'b' })),
  ],
  [
    'DynamoDB',
    (options) => endAnswers(new DynamoDBClient(options), ANSWER_MS).send(new ListTablesCommand({})),
  ],
  [
    'SQS',
    (options) =>
      endAnswers(new SQSClient(options), ANSWER_MS).send(
        new ReceiveMessageCommand({ QueueUrl: 'http://x/0/q' }),
      ),
  ],
])('an answer of %s that goes on and on is ended', async (_, call) => {
  const options = await startDripping();
  const began = performance.now();
  await expect(call(options)).rejects.toThrow('expected an answer to end within 700 ms');
  expect(performance.now() - began).toBeGreaterThanOrEqual(ANSWER_MS - 50);
});
