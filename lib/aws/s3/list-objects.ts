import {
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { listPages } from '../client/list-pages';

export interface ListedObject {
  readonly key: string;
  readonly bytes: number;
}

/**
 * Lists the objects under a prefix, in the order of their keys.
 *
 * @throws LabelrelayError `unavailable` if the list is incomplete, after the objects that could be listed
 */
export async function* listObjects(
  client: S3Client,
  Bucket: string,
  Prefix: string,
): AsyncGenerator<ListedObject> {
  const pages = listPages<ListObjectsV2CommandOutput>(
    (after) =>
      client.send(
        new ListObjectsV2Command({
          Bucket,
          Prefix,
          ContinuationToken: after?.NextContinuationToken,
        }),
      ),
    ({ IsTruncated, NextContinuationToken }) => ({
      isTruncated: IsTruncated,
      marker: NextContinuationToken,
    }),
  );
  for await (const { Contents = [] } of pages) {
    for (const { Key = '', Size = 0 } of Contents) yield { key: Key, bytes: Size };
  }
}
