import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { expect, test } from '@jest/globals';
import { PART_BYTES, PartBuffers } from '../../../lib/aws/s3/part-buffers';
import { s3Upload } from '../../../lib/aws/s3/s3-upload';

/** Buffers for parts that counts how many are out at once. */
class CountedBuffers extends PartBuffers {
  out = 0;
  most = 0;

  override take(): Buffer {
    this.out++;
    this.most = Math.max(this.most, this.out);
    return super.take();
  }

  override give(buffer: Buffer): void {
    if (buffer.length > 0) this.out--;
    super.give(buffer);
  }
}

/** A client that answers each command without S3. */
function answeringClient(): S3Client {
  const client = new S3Client({ region: 'us-east-1' });
  client.middlewareStack.add(
    () => async () => ({
      output: { $metadata: {}, UploadId: 'upload', ETag: '"etag"' },
      response: {},
    }),
    { step: 'initialize', priority: 'high' },
  );
  return client;
}

test('an upload of any size has two buffers of a part each, as docs/configuration.md says', async () => {
  const buffers = new CountedBuffers();
  const upload = s3Upload(answeringClient(), { Bucket: 'bucket', Key: 'key' }, buffers);
  const chunk = Buffer.alloc(1_048_576);
  for (let sent = 0; sent < 10 * PART_BYTES; sent += chunk.length) await upload.write(chunk);
  await upload.commit();

  expect(buffers).toMatchObject({ most: 2, out: 0 });
  const said = `two buffers of ${PART_BYTES / 1_048_576} MiB`;
  for (const page of ['configuration.md', 'serve.md']) {
    expect(readFileSync(join(__dirname, '../../../docs', page), 'utf8')).toContain(said);
  }
});
