import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { serviceEndpoint } from '../../lib/aws/client/service-endpoint';
import { secretsManager } from '../../lib/aws/secrets-manager/secrets-manager';
import { readConfig } from '../../lib/config/read-config';
import type { ReadSecrets } from '../../lib/receive/verify/cache-secrets';
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

const gives =
  (version: object): Answer =>
  (response) =>
    response.end(JSON.stringify(version));
const NOT_FOUND = fails(400, 'ResourceNotFoundException');
/** 2023-11-14T22:13:20Z, as the service writes dates. */
const CREATED = 1_700_000_000;

let stub: ServiceStub;

beforeEach(async () => {
  stub = await startServiceStub(gives({ SecretString: 'a secret', CreatedDate: CREATED }));
});
afterEach(() => stub.stop());

const open = (now?: () => number): ReadSecrets =>
  secretsManager(
    readConfig({
      ...process.env,
      AWS_ENDPOINT_URL: stub.origin,
      LABELRELAY_SECRET_OVERLAP_DAYS: '2',
    }),
    now,
  );
const read = (isWhole = false) => open()('labelbox', { isWhole });

test('a secret is asked for as Secrets Manager documents it', async () => {
  expect(await read()).toHaveLength(1);
  const [call] = stub.received;
  if (!call) throw new Error('expected a call');
  expect(call.headers).toMatchObject({
    host: stub.origin.replace('http://', ''),
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'secretsmanager.GetSecretValue',
    'x-amz-security-token': 'token',
  });
  expect(JSON.parse(call.body)).toEqual({
    SecretId: 'labelrelay/dev/labelbox',
    VersionStage: 'AWSCURRENT',
  });
  const { authorization } = call.headers;
  expect(authorization).toContain('/us-east-1/secretsmanager/aws4_request,');
  const signature = signatureOf(call, CREDENTIALS.AWS_SECRET_ACCESS_KEY);
  expect(authorization).toContain(`Signature=${signature}`);
});

test.each([
  ['eu-central-1', 'sqs.eu-central-1.amazonaws.com', 'amazonaws.com'],
  ['cn-north-1', 'sqs.cn-north-1.amazonaws.com.cn', 'amazonaws.com.cn'],
  ['eusc-de-east-1', 'sqs.eusc-de-east-1.amazonaws.eu', 'amazonaws.eu'],
  ['eu-central-1', 'vpce-1a-2b.sqs.eu-central-1.vpce.amazonaws.com', 'amazonaws.com'],
  ['eu-west-1', 'eu-west-1.queue.amazonaws.com', 'amazonaws.com'],
  ['eu-west-1', 'queues.example.com', 'amazonaws.com'],
])('in %s, with queues at %s, its endpoint is in %s', (region, host, suffix) => {
  const { href } = serviceEndpoint('secretsmanager', {
    region,
    queueUrlBase: `https://${host}/123456789012/`,
  });
  expect(href).toBe(`https://secretsmanager.${region}.${suffix}/`);
});

test('an endpoint for all services is its endpoint', () => {
  const endpoint = 'http://127.0.0.1:4566/';
  const queueUrlBase = `${endpoint}000000000000/`;
  const { href } = serviceEndpoint('s3', { region: 'eu-central-1', endpoint, queueUrlBase });
  expect(href).toBe(endpoint);
});

describe('the previous version', () => {
  const DAY = 24 * 60 * 60;
  const ALWAYS = Number.POSITIVE_INFINITY;
  /** When it is read, in seconds since 1970. */
  let now = 0;
  let secrets: ReadSecrets;
  /** Calls that were made before. */
  let earlier = 0;
  beforeEach(() => {
    now = CREATED + 10 * DAY;
    secrets = open(() => now * 1_000);
  });

  const version = (id: string, createdAt: number): Answer =>
    gives({ SecretString: id, VersionId: id, CreatedDate: createdAt });
  const changed = (at: number): Answer => gives({ LastChangedDate: at });
  /** @returns until when each verifies, in seconds since 1970 */
  const ends = async (...answers: Answer[]): Promise<number[]> => {
    earlier = stub.received.length;
    stub.answers = answers;
    return (await secrets('labelbox', { isWhole: true })).map(
      ({ validUntil }) => validUntil / 1_000,
    );
  };
  const asked = () =>
    stub.received
      .slice(earlier)
      .map(({ headers, body }) => [
        String(headers['x-amz-target']).split('.')[1],
        JSON.parse(body).VersionStage,
      ]);

  test('is asked for after the current one, and is good for as long after its end as is configured', async () => {
    now = CREATED + DAY;
    const answers = [version('new', CREATED), version('old', CREATED - 1e6)];
    expect(await ends(...answers)).toEqual([ALWAYS, CREATED + 2 * DAY]);
    expect(asked()).toEqual([
      ['GetSecretValue', 'AWSCURRENT'],
      ['GetSecretValue', 'AWSPREVIOUS'],
    ]);
  });

  test.each([
    ['a version that was pending for 9 days', CREATED, CREATED - 1e6],
    ['a roll-back to a version of long ago', CREATED - 1e6, CREATED],
  ])('after %s it counts from when it was replaced', async (_, current, previous) => {
    const replaced = now - DAY;
    const answers = [version('new', current), version('old', previous), changed(replaced)];
    expect(await ends(...answers)).toEqual([ALWAYS, replaced + 2 * DAY]);
    expect(asked().at(-1)).toEqual(['DescribeSecret', undefined]);
    expect(JSON.parse(stub.received.at(-1)?.body ?? '')).toEqual({
      SecretId: 'labelrelay/dev/labelbox',
    });
  });

  test('a version that is read shortly before it is replaced is not taken for its successor', async () => {
    const replaced = CREATED + 1.5 * DAY;
    const answers = [version('new', CREATED), version('old', CREATED - 1e6), changed(replaced)];
    // The value that is read now is cached for a minute.
    for (const seconds of [1, 60]) {
      now = CREATED + 2 * DAY - seconds;
      expect(await ends(...answers)).toEqual([ALWAYS, replaced + 2 * DAY]);
    }
  });

  test('a version that was replaced long ago has ended', async () => {
    const answers = [version('new', CREATED), version('old', CREATED - 1e6), changed(CREATED)];
    expect(await ends(...answers)).toEqual([ALWAYS, CREATED + 2 * DAY]);
  });

  test('a later change of something else prolongs it only where nobody saw the two before', async () => {
    const two = [version('new', CREATED), version('old', CREATED - 1e6)];
    const first = now;
    expect(await ends(...two, changed(CREATED + 1))).toEqual([ALWAYS, CREATED + 1 + 2 * DAY]);
    now += 3 * DAY;
    expect(await ends(...two, changed(now))).toEqual([ALWAYS, first + 2 * DAY]);
    secrets = open(() => now * 1_000);
    expect(await ends(...two, changed(now))).toEqual([ALWAYS, now + 2 * DAY]);
  });

  test('a replacement that this process saw counts from then, in both directions', async () => {
    const [one, two] = [version('one', CREATED - 1e6), version('two', CREATED)];
    stub.answers = [two];
    await secrets('labelbox', { isWhole: false });
    now += 5 * DAY;
    stub.answers = [one];
    await secrets('labelbox', { isWhole: false });
    const seen = now;
    now += DAY;
    expect(await ends(one, two, changed(now))).toEqual([ALWAYS, seen + 2 * DAY]);
    // And back, between two looks: nothing that was seen before says when.
    now += DAY;
    expect(await ends(two, one, changed(now - 10))).toEqual([ALWAYS, now - 10 + 2 * DAY]);
  });

  test.each<[string, Answer, object]>([
    ['fails', fails(500, 'InternalServiceError'), { name: 'InternalServiceError' }],
    ['is throttled', fails(400, 'ThrottlingException'), { name: 'ThrottlingException' }],
    ['is denied', fails(400, 'AccessDeniedException'), { name: 'AccessDeniedException' }],
    ['answers with nonsense', nonsense, { name: 'SyntaxError' }],
  ])('when the call for the last change %s, nothing is known', async (_, fault, error) => {
    const two = [version('new', CREATED), version('old', CREATED - 1e6)];
    await expect(ends(...two, fault)).rejects.toMatchObject(error);
  });

  test('a service without that call: as long as the versions themselves tell', async () => {
    const two = [version('new', CREATED), version('old', CREATED - 1e6)];
    const end = [ALWAYS, CREATED + 2 * DAY];
    expect(await ends(...two, fails(400, 'UnknownOperationException'))).toEqual(end);
    expect(await ends(...two, gives({}))).toEqual(end);
  });
});

test.each<[string, Answer]>([
  ['that is not there', NOT_FOUND],
  ['that is about to be deleted', fails(400, 'InvalidRequestException')],
  ['of bytes', gives({ SecretBinary: 'AAAA', CreatedDate: CREATED })],
  ['that is empty', gives({ SecretString: '', CreatedDate: CREATED })],
])('a secret %s is none', async (_, answer) => {
  stub.answers = [answer];
  expect(await read()).toEqual([]);
  expect(stub.received).toHaveLength(1);
});

describe('failures', () => {
  test.each(PASSING)('%s: tried again', async (_, fault) => {
    stub.answers = [fault, fault, gives({ SecretString: 'a secret', CreatedDate: CREATED })];
    expect(await read()).toHaveLength(1);
    expect(stub.received).toHaveLength(3);
  });

  test.each<[string, Answer, number, object]>([
    ['an outage', fails(500, 'InternalServiceError'), 3, { name: 'InternalServiceError' }],
    ['a denial', fails(400, 'AccessDeniedException'), 1, { name: 'AccessDeniedException' }],
    ['a key that is not there', fails(400, 'DecryptionFailure'), 1, { name: 'DecryptionFailure' }],
    ['nonsense', nonsense, 1, { name: 'SyntaxError' }],
    ['an answer without a secret', gives({}), 1, { code: 'unavailable' }],
    ['null', (response) => response.end('null'), 1, { code: 'unavailable' }],
  ])('%s: thrown, not taken for a source without a secret', async (_, fault, tries, error) => {
    stub.answers = [fault];
    await expect(read()).rejects.toMatchObject(error);
    expect(stub.received).toHaveLength(tries);
  });

  test('an answer that is broken is not quoted', async () => {
    stub.answers = [(response) => response.end('{"SecretString":"hunter2"x}')];
    const error = await read().catch((error: unknown) => error);
    expect(error).toBeInstanceOf(SyntaxError);
    expect(String(error)).not.toMatch(/hunter2|SecretString/);
  });

  test('silence, before an answer or in it: two seconds, and tried again', async () => {
    stub.answers = [hangs, stalls, gives({ SecretString: 'a secret', CreatedDate: CREATED })];
    const began = performance.now();
    expect(await read()).toHaveLength(1);
    expect(performance.now() - began).toBeGreaterThan(3_900);
    expect(performance.now() - began).toBeLessThan(8_000);
  });
});
