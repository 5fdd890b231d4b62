import { paginateListObjectsV2 } from '@aws-sdk/client-s3';
import type { AwsSettings } from '../../lib/config/read-config';
import { s3 } from './clients';

export interface StoredObject {
  readonly key: string;
  readonly bytes: number;
}

/** What is in the bucket under a prefix, in the order of the keys. */
export async function* listObjects(
  Prefix: string,
  settings: AwsSettings,
): AsyncGenerator<StoredObject> {
  const pages = paginateListObjectsV2(
    { client: s3(settings) },
    { Bucket: settings.bucket, Prefix },
  );
  for await (const { Contents = [] } of pages) {
    for (const { Key = '', Size = 0 } of Contents) yield { key: Key, bytes: Size };
  }
}
