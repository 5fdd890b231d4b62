import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { s3Objects } from '../../lib/aws/s3/s3-objects';
import { readConfig } from '../../lib/config/read-config';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const received: { path?: string; headers: IncomingHttpHeaders; body: Buffer }[] = [];

/** As S3 does, it takes no body but the one that was signed. */
const server = createServer(async (request, response) => {
  const body = await buffer(request);
  received.push({ path: request.url, headers: request.headers, body });
  if (request.headers['x-amz-content-sha256'] === sha256(body)) {
    response.setHeader('etag', '"1"').end();
  } else {
    const code = '<Error><Code>XAmzContentSHA256Mismatch</Code></Error>';
    response.writeHead(400, { 'content-type': 'application/xml' }).end(code);
  }
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const open = () => {
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return s3Objects(readConfig({ AWS_ENDPOINT_URL: endpoint, LABELRELAY_BUCKET: 'bucket' }));
};
const bytes = Buffer.from('x'.repeat(300_000));

test('an object is signed by its known digest, or by one that is computed', async () => {
  const objects = open();
  expect(await objects.put('data/a', bytes, { sha256: sha256(bytes) })).toBe('s3://bucket/data/a');
  expect(await objects.put('data/b', bytes)).toBe('s3://bucket/data/b');
  expect(received.map(({ path }) => path?.split('?')[0])).toEqual([
    '/bucket/data/a',
    '/bucket/data/b',
  ]);
  for (const { headers, body } of received) {
    expect(body.equals(bytes)).toBe(true);
    expect(headers.authorization).toMatch(/SignedHeaders=[^,]*\bx-amz-content-sha256\b/);
    expect(Object.keys(headers).filter((name) => /checksum/.test(name))).toEqual([]);
  }
});

test('bytes with another digest are not stored', async () => {
  const put = open().put('data/c', bytes, { sha256: sha256(Buffer.from('other')) });
  await expect(put).rejects.toMatchObject({ name: 'XAmzContentSHA256Mismatch' });
});
