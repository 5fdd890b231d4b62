import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import type { AwsSettings } from '../../config/read-config';
import type { HeldObjects } from '../../receive/ports';
import { getObject } from './get-object';
import { listObjects } from './list-objects';
import { s3Client, s3Objects } from './s3-objects';

export function s3HeldObjects(settings: AwsSettings): HeldObjects {
  const client = s3Client(settings);
  const { bucket: Bucket } = settings;
  return {
    ...s3Objects(settings, client),

    get: (Key) => getObject(client, Bucket, Key),

    async remove(Key) {
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
    },

    async *list(Prefix) {
      for await (const { key } of listObjects(client, Bucket, Prefix)) yield key;
    },
  };
}
