import {
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  type ListObjectsV2CommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { listPages } from '../client/list-pages';

export interface ListedObject {
  readonly key: string;
  readonly bytes: number;
  readonly modified?: Date;
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
  for await (const { Contents = [] } of pagesOf(client, { Bucket, Prefix })) {
    for (const { Key = '', Size = 0, LastModified: modified } of Contents) {
      yield { key: Key, bytes: Size, modified };
    }
  }
}

/**
 * Lists the folders directly under a prefix, such as `held/large/`.
 *
 * @throws LabelrelayError `unavailable` if the list is incomplete
 */
export async function listFolders(
  client: S3Client,
  Bucket: string,
  Prefix: string,
): Promise<string[]> {
  const folders: string[] = [];
  for await (const { CommonPrefixes = [] } of pagesOf(client, { Bucket, Prefix, Delimiter: '/' })) {
    for (const { Prefix: folder = '' } of CommonPrefixes) folders.push(folder);
  }
  return folders;
}

const pagesOf = (client: S3Client, input: ListObjectsV2CommandInput) =>
  listPages<ListObjectsV2CommandOutput>(
    (after) =>
      client.send(
        new ListObjectsV2Command({ ...input, ContinuationToken: after?.NextContinuationToken }),
      ),
    ({ IsTruncated, NextContinuationToken }) => ({
      isTruncated: IsTruncated,
      marker: NextContinuationToken,
    }),
  );
