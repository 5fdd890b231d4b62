import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sqsQueues } from '../../lib/aws/sqs/sqs-queues';
import { readConfig } from '../../lib/config/read-config';
import type { Message } from '../../lib/events/message';
import type { Queues } from '../../lib/receive/ports';
import {
  type Answer,
  CREDENTIALS,
  fails,
  hangs,
  nonsense,
  PASSING,
  type ServiceStub,
  signatureOf,
  stalls,
  startServiceStub,
} from '../support/service-stub';

const accepts: Answer = (response, { body }) => {
  const Successful = JSON.parse(body).Entries.map(({ Id }: { Id: string }) => ({ Id }));
  response.end(JSON.stringify({ Successful }));
};

let stub: ServiceStub;

beforeEach(async () => {
  stub = await startServiceStub(accepts);
});
afterEach(() => stub.stop());

/** As on Lambda: no endpoint is named, only where the queues are. */
const open = (): Queues =>
  sqsQueues(
    readConfig({ ...process.env, LABELRELAY_QUEUE_URL_BASE: `${stub.origin}/123456789012/` }),
  );

const message = (body: string): Message => ({
  body,
  attributes: { contentType: 'application/cloudevents+json', type: 'a', source: '/b' },
  groupId: 'g',
  size: Buffer.byteLength(body),
});
const MESSAGES = [message('{"a":"ä"}'), message('{}')];
const never = new AbortController().signal;

test('a batch is sent as SQS documents it', async () => {
  expect(await open().sendBatch('label-created', MESSAGES, never)).toEqual([]);
  const [{ headers, body } = { headers: {}, body: '' }] = stub.received;
  expect(headers).toMatchObject({
    host: stub.origin.replace('http://', ''),
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': 'AmazonSQS.SendMessageBatch',
    'x-amz-security-token': 'token',
    'content-length': String(Buffer.byteLength(body)),
  });
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  const MessageAttributes = {
    contentType: text('application/cloudevents+json'),
    type: text('a'),
    source: text('/b'),
  };
  expect(JSON.parse(body)).toEqual({
    QueueUrl: `${stub.origin}/123456789012/labelrelay-dev-label-created`,
    Entries: ['{"a":"ä"}', '{}'].map((MessageBody, index) => ({
      Id: `0-${index}`,
      MessageBody,
      MessageGroupId: 'g',
      MessageAttributes,
    })),
  });
});

const HOST_AND_BODY = /SignedHeaders=[^,]*\bhost\b[^,]*\bx-amz-content-sha256\b/;

test('the signature covers the host and the body', async () => {
  await open().sendBatch('label-created', MESSAGES, never);
  const [call] = stub.received;
  if (!call) throw new Error('expected a call');
  const { authorization } = call.headers;
  expect(authorization).toMatch(HOST_AND_BODY);
  expect(authorization).toContain('/us-east-1/sqs/aws4_request,');
  const signature = signatureOf(call, CREDENTIALS.AWS_SECRET_ACCESS_KEY);
  expect(authorization).toContain(`Signature=${signature}`);
  expect(call.headers['x-amz-content-sha256']).toBe(
    createHash('sha256').update(call.body).digest('hex'),
  );
});

test('credentials that rotate are used from the next call on', async () => {
  // The credentials expired a second ago, so the SDK reads them again.
  process.env.AWS_CREDENTIAL_EXPIRATION = new Date(Date.now() - 1_000).toISOString();
  const queues = open();
  await queues.sendBatch('label-created', MESSAGES, never);
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'AKIANEW',
    AWS_SECRET_ACCESS_KEY: 'new secret',
    AWS_SESSION_TOKEN: 'new token',
  });
  await queues.sendBatch('label-created', MESSAGES, never);
  delete process.env.AWS_CREDENTIAL_EXPIRATION;

  const [, call] = stub.received;
  if (!call) throw new Error('expected two calls');
  expect(call.headers['x-amz-security-token']).toBe('new token');
  expect(call.headers.authorization).toContain('Credential=AKIANEW/');
  expect(call.headers.authorization).toContain(`Signature=${signatureOf(call, 'new secret')}`);
});

test('a clock that is wrong is corrected by the answer of the service', async () => {
  const HOUR_MS = 3_600_000;
  const ahead = Date.now() + HOUR_MS;
  stub.answers = [
    (response) =>
      response
        .writeHead(403, { date: new Date(ahead).toUTCString() })
        .end(JSON.stringify({ __type: 'com.amazon.coral.service#InvalidSignatureException' })),
    accepts,
  ];
  expect(await open().sendBatch('label-created', MESSAGES, never)).toEqual([]);
  const [before = '', after = ''] = stub.received.map(({ headers }) =>
    String(headers['x-amz-date']).replace(/(..)(..)T(..)(..)(..)Z/, '-$1-$2T$3:$4:$5Z'),
  );
  // The second attempt is signed with the time of the service, which has no milliseconds.
  expect(Date.parse(after) - Date.parse(before)).toBeGreaterThanOrEqual(HOUR_MS - 1_000);
  expect(Date.parse(after)).toBeLessThan(ahead + 10_000);
});

test('calls share a connection', async () => {
  const queues = open();
  for (let count = 0; count < 20; count++) await queues.sendBatch('label-created', MESSAGES, never);
  expect(stub.received).toHaveLength(20);
  expect(stub.connections).toBe(1);
});

test('calls at the same time do not mix', async () => {
  stub.answers = [
    (response, call) => setTimeout(Math.random() * 20).then(() => accepts(response, call)),
  ];
  const queues = open();
  const bodies = Array.from({ length: 100 }, (_, index) => String(index));
  const controllers = bodies.map(() => new AbortController());
  const results = await Promise.allSettled(
    bodies.map((body, index) => {
      const { signal } = controllers[index] ?? new AbortController();
      const sent = queues.sendBatch('label-created', [message(body)], signal);
      // Every tenth call is aborted.
      if (index % 10 === 0) controllers[index]?.abort();
      return sent;
    }),
  );
  const given = results.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []));
  expect(given).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
  const arrived = stub.received.map(({ body }) => JSON.parse(body).Entries[0].MessageBody);
  expect(new Set(arrived)).toEqual(new Set(bodies.filter((_, index) => index % 10 !== 0)));
});

describe('failures', () => {
  test.each(PASSING)('%s: tried again', async (_, fault) => {
    stub.answers = [fault, fault, accepts];
    expect(await open().sendBatch('label-created', MESSAGES, never)).toEqual([]);
    expect(stub.received).toHaveLength(3);
    expect(new Set(stub.received.map(({ body }) => body)).size).toBe(1);
  });

  test.each<[string, Answer, number, object]>([
    [
      'throttling that goes on',
      fails(400, 'ThrottlingException'),
      3,
      { name: 'ThrottlingException' },
    ],
    [
      'an outage',
      fails(500, 'InternalError'),
      3,
      { $metadata: expect.objectContaining({ httpStatusCode: 500 }) },
    ],
    [
      'a denial, which is not tried again',
      fails(400, 'AccessDeniedException'),
      1,
      { name: 'AccessDeniedException' },
    ],
    [
      'a queue that is not there',
      fails(400, 'com.amazonaws.sqs#QueueDoesNotExist'),
      1,
      { name: 'QueueDoesNotExist' },
    ],
    ['nonsense', nonsense, 1, { name: 'SyntaxError' }],
  ])('%s: thrown by its name', async (_, fault, tries, error) => {
    stub.answers = [fault];
    await expect(open().sendBatch('label-created', MESSAGES, never)).rejects.toMatchObject(error);
    expect(stub.received).toHaveLength(tries);
  });

  test('entries that are not accepted are returned', async () => {
    stub.answers = [
      (response) =>
        response.end('{"Successful":[{"Id":"0-1"}],"Failed":[{"Id":"0-0","Code":"x"}]}'),
      (response) => response.end('{}'),
    ];
    const queues = open();
    expect(await queues.sendBatch('label-created', MESSAGES, never)).toEqual([MESSAGES[0]]);
    expect(await queues.sendBatch('label-created', MESSAGES, never)).toEqual(MESSAGES);
  });

  test('silence, before an answer or in it: two seconds, and tried again', async () => {
    stub.answers = [hangs, stalls, accepts];
    const began = performance.now();
    expect(await open().sendBatch('label-created', MESSAGES, never)).toEqual([]);
    expect(performance.now() - began).toBeGreaterThan(3_900);
    expect(performance.now() - began).toBeLessThan(8_000);
  });

  test.each<[string, Answer]>([
    ['in the request', hangs],
    ['between two attempts', fails(400, 'ThrottlingException')],
  ])('no more time %s: given up at once, with the reason', async (_, answer) => {
    stub.answers = [answer];
    const queues = open();
    const sent = queues.sendBatch('label-created', MESSAGES, AbortSignal.timeout(100));
    // Timers of one process end in order, however slow the machine is.
    const aSecond = setTimeout(1_000, 'a second', { ref: false });
    await expect(Promise.race([sent, aSecond])).rejects.toMatchObject({ name: 'TimeoutError' });
    const { length } = stub.received;
    const late = queues.sendBatch('label-created', MESSAGES, AbortSignal.abort());
    await expect(late).rejects.toMatchObject({ name: 'AbortError' });
    expect(stub.received).toHaveLength(length);
  });
});

describe('a connection that is opened early', () => {
  const openEarly = (): Queues =>
    sqsQueues(
      readConfig({ ...process.env, LABELRELAY_QUEUE_URL_BASE: `${stub.origin}/123456789012/` }),
      { isHurried: true },
    );
  /** Waits until the service has a connection. */
  const connected = async (): Promise<void> => {
    while (stub.connections === 0) await setTimeout(5);
  };

  test('is there before the first message, and is the one that it uses', async () => {
    const queues = openEarly();
    await connected();
    expect(stub.received).toEqual([]);
    expect(await queues.sendBatch('label-created', MESSAGES, never)).toEqual([]);
    expect(stub.connections).toBe(1);
  });

  test('that was closed in the meantime is replaced', async () => {
    const queues = openEarly();
    await connected();
    stub.disconnect();
    expect(await queues.sendBatch('label-created', MESSAGES, never)).toEqual([]);
    expect(stub.connections).toBe(2);
  });

  test('that fails leaves the first message its own try', async () => {
    stub.stop();
    Object.assign(process.env, CREDENTIALS);
    const queues = openEarly();
    await setTimeout(50);
    await expect(queues.sendBatch('label-created', MESSAGES, never)).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });
});
