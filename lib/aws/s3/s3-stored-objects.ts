import {
  AbortMultipartUploadCommand,
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  type MultipartUpload,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { AwsSettings } from '../../config/read-config';
import { LabelrelayError } from '../../errors';
import type { StoredObjects } from '../../receive/stored/object-store';
import { listPages } from '../client/list-pages';
import { getObject } from './get-object';
import { listFolders, listObjects } from './list-objects';
import { PartBuffers } from './part-buffers';
import { s3Client } from './s3-client';
import { s3Objects } from './s3-objects';
import { s3Upload } from './s3-upload';

/**
 * The timeouts are longer: a part takes long on a slow network, and a read waits for the writes that it feeds.
 */
const STREAM_TIMEOUT_MS = 60_000;

/** All operations on stored objects: on whole ones in memory, and on streams. */
export function s3StoredObjects(settings: AwsSettings): StoredObjects {
  const client = s3Client(settings);
  const streaming = streamingClient(settings);
  const buffers = new PartBuffers();
  const { bucket: Bucket } = settings;
  return {
    ...s3Objects(settings),

    get: (Key) => getObject(client, Bucket, Key),

    async remove(Key) {
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
    },

    async *list(Prefix) {
      for await (const { key } of listObjects(client, Bucket, Prefix)) yield key;
    },

    folders: (folder) => listFolders(client, Bucket, folder),

    begin: (Key, signal) => s3Upload(streaming, { Bucket, Key }, buffers, signal),

    async open(Key, { last, signal } = {}) {
      const Range = last === undefined ? undefined : `bytes=-${last}`;
      const command = new GetObjectCommand({ Bucket, Key, Range });
      const got = await streaming.send(command, { abortSignal: signal }).catch(unlessEmptyOrGone);
      if (!got || got === 'empty') return got && { size: 0, chunks: noChunks() };
      // An answer without an ETag is not from S3, such as that of a proxy.
      if (!got.ETag) throw new LabelrelayError('unavailable', 'expected an ETag from S3, got none');
      return {
        size: got.ContentLength ?? 0,
        // On Node.js the body is a stream of Node.js.
        chunks: got.Body as unknown as AsyncIterable<Uint8Array>,
      };
    },

    async copy(from, Key) {
      const CopySource = `${Bucket}/${from.split('/').map(encodeURIComponent).join('/')}`;
      const command = new CopyObjectCommand({ Bucket, Key, CopySource });
      const copied = await streaming.send(command).catch(unlessGone);
      // S3 may answer 200 and then fail.
      if (copied && !copied.CopyObjectResult?.ETag) {
        throw new LabelrelayError('unavailable', 'expected a copy by S3, got another answer');
      }
      return copied !== undefined;
    },

    async *unfinished() {
      for await (const { Key = '', UploadId = '', Initiated } of uploads(client, Bucket)) {
        yield { key: Key, id: UploadId, begunAt: Initiated ?? new Date() };
      }
    },

    async discard({ key, id }) {
      await client.send(new AbortMultipartUploadCommand({ Bucket, Key: key, UploadId: id }));
    },
  };
}

/** @returns undefined if the object does not exist (any more) */
function unlessGone(error: unknown): undefined {
  if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
  throw error;
}

/** S3 rejects a request for the end of an empty object. */
function unlessEmptyOrGone(error: unknown): 'empty' | undefined {
  if (error instanceof Error && error.name === 'InvalidRange') return 'empty';
  return unlessGone(error);
}

async function* noChunks(): AsyncGenerator<Uint8Array> {}

async function* uploads(client: S3Client, Bucket: string): AsyncGenerator<MultipartUpload> {
  const pages = listPages<ListMultipartUploadsCommandOutput>(
    (after) =>
      client.send(
        new ListMultipartUploadsCommand({
          Bucket,
          KeyMarker: after?.NextKeyMarker,
          UploadIdMarker: after?.NextUploadIdMarker,
        }),
      ),
    ({ IsTruncated, NextKeyMarker, NextUploadIdMarker = '' }) => ({
      isTruncated: IsTruncated,
      marker: NextKeyMarker && `${NextKeyMarker} ${NextUploadIdMarker}`,
    }),
  );
  for await (const { Uploads = [] } of pages) yield* Uploads;
}

function streamingClient(settings: AwsSettings): S3Client {
  const client = s3Client(settings, STREAM_TIMEOUT_MS);
  client.middlewareStack.add(
    (next) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      // TLS protects the bytes in transit, and readers of whole objects compare a digest. A further checksum
      // would only cost CPU time.
      headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD';
      return next(args);
    },
    { step: 'build', name: 'unsignedPayload' },
  );
  return client;
}
