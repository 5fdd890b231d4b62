import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { bucketAddress, s3Objects } from '../../lib/aws/s3/s3-objects';
import { readConfig } from '../../lib/config/read-config';
import {
  type Answer,
  CREDENTIALS,
  hangs,
  PASSING,
  type ServiceStub,
  signatureOf,
  startServiceStub,
} from '../support/service-stub';

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** As S3 does, it takes no body but the one that was signed. */
const stores: Answer = (response, { headers, body }) => {
  if (headers['x-amz-content-sha256'] === sha256(body)) {
    response.setHeader('etag', '"1"').end();
  } else {
    const code = '<Error><Code>XAmzContentSHA256Mismatch</Code><Message>No.</Message></Error>';
    response.writeHead(400, { 'content-type': 'application/xml' }).end(code);
  }
};

let stub: ServiceStub;
beforeEach(async () => {
  stub = await startServiceStub(stores);
});
afterEach(() => stub.stop());

const open = () =>
  s3Objects(
    readConfig({ ...process.env, AWS_ENDPOINT_URL: stub.origin, LABELRELAY_BUCKET: 'bucket' }),
  );
const bytes = Buffer.from('x'.repeat(300_000));

test('an object is signed by its known digest, or by one that is computed', async () => {
  const objects = open();
  expect(await objects.put('data/a', bytes, { sha256: sha256(bytes) })).toBe('s3://bucket/data/a');
  expect(await objects.put('data/b', bytes)).toBe('s3://bucket/data/b');
  expect(stub.received.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'PUT /bucket/data/a',
    'PUT /bucket/data/b',
  ]);
  for (const call of stub.received) {
    const { headers, body } = call;
    expect(body).toBe(bytes.toString());
    expect(headers.authorization).toMatch(/SignedHeaders=[^,]*\bx-amz-content-sha256\b/);
    expect(headers.authorization).toContain('/us-east-1/s3/aws4_request,');
    const signature = signatureOf(call, CREDENTIALS.AWS_SECRET_ACCESS_KEY);
    expect(headers.authorization).toContain(`Signature=${signature}`);
    expect(Object.keys(headers).filter((name) => /checksum/.test(name))).toEqual([]);
  }
});

test('an object in texts is sent as their bytes, and whole again after a failure', async () => {
  const texts = Array.from({ length: 60 }, (_, index) => `${index}é`.repeat(20_000));
  const whole = texts.join('');
  stub.answers = [(response) => response.writeHead(503).end(), stores];
  const put = open().put('data/a', texts, { sha256: sha256(Buffer.from(whole)) });
  expect(await put).toBe('s3://bucket/data/a');
  expect(stub.received).toHaveLength(2);
  for (const { headers, body } of stub.received) {
    expect(body === whole).toBe(true);
    expect(headers['content-length']).toBe(String(Buffer.byteLength(whole)));
    expect(headers['transfer-encoding']).toBeUndefined();
    expect(headers['x-amz-content-sha256']).toBe(sha256(Buffer.from(whole)));
  }
});

test('the texts of an object are digested if their digest is not known', async () => {
  await open().put('data/a', ['a', 'é', '']);
  expect(stub.received[0]?.body).toBe('aé');
  expect(stub.received[0]?.headers['x-amz-content-sha256']).toBe(sha256(Buffer.from('aé')));
});

test('an object may be empty, and have any key', async () => {
  const key = "held/a b/ä+(1)!*'=&?#%";
  expect(await open().put(key, new Uint8Array())).toBe(`s3://bucket/${key}`);
  const [call] = stub.received;
  if (!call) throw new Error('expected a call');
  // All but letters, digits and -._~ is encoded, in upper case.
  expect(call.url).toBe('/bucket/held/a%20b/%C3%A4%2B%281%29%21%2A%27%3D%26%3F%23%25');
  expect(call.headers).toMatchObject({
    'content-length': '0',
    'content-type': 'application/octet-stream',
  });
  const signature = signatureOf(call, CREDENTIALS.AWS_SECRET_ACCESS_KEY);
  expect(call.headers.authorization).toContain(`Signature=${signature}`);
});

test('bytes with another digest are not stored', async () => {
  const put = open().put('data/c', bytes, { sha256: sha256(Buffer.from('other')) });
  await expect(put).rejects.toMatchObject({ name: 'XAmzContentSHA256Mismatch', message: 'No.' });
  expect(stub.received).toHaveLength(1);
});

test('an answer without an ETag is not believed', async () => {
  stub.answers = [(response) => response.end('<html>')];
  await expect(open().put('data/d', bytes)).rejects.toMatchObject({ code: 'unavailable' });
});

test.each([
  ...PASSING,
  [
    'a bucket that is asked too often',
    ((response) =>
      response.writeHead(503).end('<Error><Code>SlowDown</Code></Error>')) satisfies Answer,
  ] as const,
])('%s: tried again', async (_, fault) => {
  stub.answers = [fault, fault, stores];
  expect(await open().put('data/e', bytes)).toBe('s3://bucket/data/e');
  expect(stub.received).toHaveLength(3);
});

test('no more time: given up at once', async () => {
  stub.answers = [hangs];
  const put = open().put('data/f', bytes, { signal: AbortSignal.timeout(100) });
  await expect(put).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(stub.received).toHaveLength(1);
});

test.each([
  ['bucket', 'sqs.eu-west-1.amazonaws.com', 'https://bucket.s3.eu-west-1.amazonaws.com/'],
  ['bucket', 'sqs.eu-west-1.amazonaws.com.cn', 'https://bucket.s3.eu-west-1.amazonaws.com.cn/'],
  ['a.bucket', 'sqs.eu-west-1.amazonaws.com', 'https://s3.eu-west-1.amazonaws.com/a.bucket/'],
])('on AWS, the bucket %s with queues at %s is at %s', (bucket, host, url) => {
  const queueUrlBase = `https://${host}/123456789012/`;
  const { endpoint, path } = bucketAddress({ bucket, region: 'eu-west-1', queueUrlBase });
  expect(new URL(path, endpoint).href).toBe(url);
});
