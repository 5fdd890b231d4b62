import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  CreateQueueCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Stub, startStub } from '../../bench/start-stub';
import { answer } from '../../bench/stub/answer';
import { readRequests, type StubRequest } from '../../bench/stub/read-requests';
import { startAws } from '../../lib/server/start-embedded';
import { TSX } from '../support/tsx';

const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
const at = (endpoint: string) => ({ endpoint, region: 'us-east-1', credentials });

const MESSAGE = {
  MessageBody: '{"name":"Zoë"}',
  MessageAttributes: {
    type: { DataType: 'String', StringValue: 'labelrelay.label.created' },
    source: { DataType: 'String', StringValue: '/labelbox ë' },
  },
};
const batch = [1, 2, 3].map((id) => ({ ...MESSAGE, Id: String(id), MessageBody: `${id} é` }));

let stub: Stub;
let real: Awaited<ReturnType<typeof startAws>>;
const endpoints = () => [stub.url, real.endpoint] as const;
beforeAll(async () => {
  const script = join(__dirname, '../../bench/stub/stub-process.ts');
  stub = await startStub(script, process.execPath, TSX);
  real = await startAws(0);
});
afterAll(() => {
  stub.stop();
  real.stop();
});

const send = (endpoint: string) => {
  // It checks every MD5 of a body, unless it is told not to.
  const sqs = new SQSClient({ ...at(endpoint), useQueueUrlAsEndpoint: false });
  return { sqs, QueueUrl: `${endpoint}/000000000000/labels` };
};

test('the AWS client accepts the answers, whose MD5s equal those of another SQS', async () => {
  const [ours, theirs] = await Promise.all(
    endpoints().map(async (endpoint) => {
      const { sqs, QueueUrl } = send(endpoint);
      if (endpoint === real.endpoint) {
        await sqs.send(new CreateQueueCommand({ QueueName: 'labels' }));
      }
      const one = await sqs.send(new SendMessageCommand({ QueueUrl, ...MESSAGE }));
      const { Successful = [] } = await sqs.send(
        new SendMessageBatchCommand({ QueueUrl, Entries: batch }),
      );
      sqs.destroy();
      return [one, ...Successful].map((answer) => ({
        id: 'Id' in answer ? answer.Id : undefined,
        body: answer.MD5OfMessageBody,
        attributes: answer.MD5OfMessageAttributes,
      }));
    }),
  );
  expect(ours).toEqual(theirs);
  expect(ours?.every(({ body, attributes }) => body && attributes)).toBe(true);
});

test('the AWS client is one that would refuse a wrong MD5', async () => {
  const request = { method: 'POST', path: '/', target: 'AmazonSQS.SendMessage' };
  const body = Buffer.from(JSON.stringify({ MessageBody: 'another' }));
  const [head, wrong] = answer({ ...request, body }).split('\r\n\r\n');
  const server = createServer((_, response) => response.end(wrong)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { sqs, QueueUrl } = send(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const sending = sqs.send(new SendMessageCommand({ QueueUrl, ...MESSAGE }));
  await expect(sending).rejects.toThrow('InvalidChecksumError');
  expect(head).toMatch(/^HTTP\/1.1 200 OK/);
  sqs.destroy();
  server.close();
});

test('it has a current secret and no previous one', async () => {
  const client = new SecretsManagerClient(at(stub.url));
  const read = (VersionStage: string) =>
    client.send(new GetSecretValueCommand({ SecretId: 'any', VersionStage }));
  expect(await read('AWSCURRENT')).toMatchObject({ SecretString: 'example_secret' });
  await expect(read('AWSPREVIOUS')).rejects.toThrow(
    expect.objectContaining({ name: 'ResourceNotFoundException' }),
  );
  client.destroy();
});

test('it stores objects that wait to be asked for, counts calls, and takes as long as it is told', async () => {
  await stub.tell({ delay: 50 });
  const client = new S3Client({ ...at(stub.url), forcePathStyle: true });
  const Body = Buffer.alloc(3_000_000, 'x');
  const began = performance.now();
  const { ETag } = await client.send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body }));
  expect(performance.now() - began).toBeGreaterThan(49);
  expect(ETag).toBeDefined();
  const { calls, last } = await stub.tell({ delay: 0 });
  expect(calls).toEqual({ PUT: 1 });
  expect(last.PUT?.length).toBe(3_000_000);
  expect(await stub.tell({})).toEqual({ calls: {}, last: {} });
  client.destroy();
});

test('requests are the same however they are cut', () => {
  const bytes = Buffer.from(
    [
      'POST / HTTP/1.1\r\nX-Amz-Target: AmazonSQS.SendMessage\r\ncontent-length: 4\r\n\r\n{"é',
      'PUT /b/k HTTP/1.1\r\nContent-Length: 0\r\n\r\n',
      'PUT /b/l HTTP/1.1\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\nhi',
    ].join(''),
  );
  for (let size = 1; size <= bytes.length; size++) {
    const requests: StubRequest[] = [];
    const read = readRequests(
      (request) => requests.push(request),
      () => {},
    );
    for (let from = 0; from < bytes.length; from += size) {
      read(bytes.subarray(from, from + size));
    }
    expect(requests.map(({ path, target, body }) => `${path} ${target} ${body}`)).toEqual([
      '/ AmazonSQS.SendMessage {"é',
      '/b/k  ',
      '/b/l  hi',
    ]);
  }
});
