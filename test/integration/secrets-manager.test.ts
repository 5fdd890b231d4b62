import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { secretsEndpoint } from '../../lib/aws/secret-client';
import { secretsManager } from '../../lib/aws/secrets-manager';
import { readConfig } from '../../lib/config/read-config';
import type { ReadSecrets } from '../../lib/receive/cache-secrets';
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

const open = (): ReadSecrets =>
  secretsManager(
    readConfig({
      ...process.env,
      AWS_ENDPOINT_URL: stub.origin,
      LABELRELAY_SECRET_OVERLAP_DAYS: '2',
    }),
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
  ['eu-central-1', undefined, 'https://secretsmanager.eu-central-1.amazonaws.com/'],
  ['cn-north-1', undefined, 'https://secretsmanager.cn-north-1.amazonaws.com.cn/'],
  ['eu-central-1', 'http://127.0.0.1:4566', 'http://127.0.0.1:4566/'],
])('in %s, with the endpoint %s, it is at %s', (region, endpoint, url) => {
  const client = new SecretsManagerClient({ region });
  expect(secretsEndpoint(client, { region, endpoint }).href).toBe(url);
});

test('the previous version is good for as long after its end as is configured', async () => {
  stub.answers = [
    gives({ SecretString: 'new', CreatedDate: CREATED }),
    gives({ SecretString: 'old', CreatedDate: CREATED - 1e6 }),
  ];
  const secrets = await read(true);
  expect(stub.received.map(({ body }) => JSON.parse(body).VersionStage)).toEqual([
    'AWSCURRENT',
    'AWSPREVIOUS',
  ]);
  expect(secrets.map(({ validUntil }) => validUntil)).toEqual([
    Number.POSITIVE_INFINITY,
    (CREATED + 2 * 24 * 60 * 60) * 1_000,
  ]);
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

describe('what fails', () => {
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
    expect(performance.now() - began).toBeLessThan(6_000);
  }, 10_000);
});
