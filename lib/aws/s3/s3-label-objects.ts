import { DeleteObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { LabelrelayError } from '../../errors';
import type { LabelObjects } from '../../label-store/ports';
import { getObject } from './get-object';
import { listObjects } from './list-objects';

/** The objects of the label store in a bucket. */
export const s3LabelObjects = (client: S3Client, bucket: string): LabelObjects => ({
  async put(key, body) {
    const command = new PutObjectCommand({ Bucket: bucket, Key: key, Body: body });
    const { ETag } = await client.send(command);
    // An answer without an ETag is not from S3, such as that of a proxy.
    if (!ETag) throw new LabelrelayError('unavailable', 'expected an ETag from S3, got none');
  },
  get: (key) => getObject(client, bucket, key),
  async list(prefix) {
    const keys: string[] = [];
    for await (const { key } of listObjects(client, bucket, prefix)) keys.push(key);
    return keys;
  },
  async delete(key) {
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  },
});
