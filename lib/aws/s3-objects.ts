import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { AwsSettings } from '../config/read-config';
import type { ObjectStore } from '../receive/ports';
import { clientOptions } from './client-options';

export function s3Objects(settings: AwsSettings): ObjectStore {
  const client = new S3Client({
    ...clientOptions(settings),
    forcePathStyle: settings.endpoint !== undefined,
  });
  return {
    async put(key, bytes) {
      await client.send(new PutObjectCommand({ Bucket: settings.bucket, Key: key, Body: bytes }));
      return `s3://${settings.bucket}/${key}`;
    },
  };
}
