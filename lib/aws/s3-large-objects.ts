import {
  AbortMultipartUploadCommand,
  CopyObjectCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  type MultipartUpload,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { AwsSettings } from '../config/read-config';
import { LabelrelayError } from '../errors';
import type { LargeObjects } from '../receive/large/ports';
import { PartBuffers } from './part-buffers';
import { s3Client } from './s3-objects';
import { s3Upload } from './s3-upload';

/** A part takes a while over a slow network, and what is read waits while what is made of it is sent. */
const PATIENCE_MS = 60_000;

/** S3, for objects that are never in memory. */
export function s3LargeObjects(settings: AwsSettings): LargeObjects {
  const client = largeClient(settings);
  // For what has no body.
  const quick = s3Client(settings);
  const buffers = new PartBuffers();
  const { bucket: Bucket } = settings;
  return {
    begin: (Key, signal) => s3Upload(client, { Bucket, Key }, buffers, signal),

    async open(Key, { last, signal } = {}) {
      const Range = last === undefined ? undefined : `bytes=-${last}`;
      const command = new GetObjectCommand({ Bucket, Key, Range });
      const got = await client.send(command, { abortSignal: signal }).catch(unlessGone);
      // In Node.js it is a stream of Node.js.
      return (
        got && {
          size: got.ContentLength ?? 0,
          chunks: got.Body as unknown as AsyncIterable<Uint8Array>,
        }
      );
    },

    async copy(from, Key) {
      const CopySource = `${Bucket}/${from.split('/').map(encodeURIComponent).join('/')}`;
      const command = new CopyObjectCommand({ Bucket, Key, CopySource });
      const copied = await client.send(command).catch(unlessGone);
      // S3 can answer 200 and fail after that.
      if (copied && !copied.CopyObjectResult?.ETag) {
        throw new LabelrelayError('unavailable', 'expected a copy by S3, got another answer');
      }
      return copied !== undefined;
    },

    async *unfinished() {
      for await (const { Key = '', UploadId = '', Initiated } of uploads(quick, Bucket)) {
        yield { key: Key, id: UploadId, begunAt: Initiated ?? new Date() };
      }
    },

    async discard({ key, id }) {
      await quick.send(new AbortMultipartUploadCommand({ Bucket, Key: key, UploadId: id }));
    },
  };
}

/** @returns undefined when there is no such object (any more) */
function unlessGone(error: unknown): undefined {
  if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
  throw error;
}

async function* uploads(client: S3Client, Bucket: string): AsyncGenerator<MultipartUpload> {
  let after: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {};
  while (after) {
    const page: ListMultipartUploadsCommandOutput = await client.send(
      new ListMultipartUploadsCommand({ Bucket, ...after }),
    );
    yield* page.Uploads ?? [];
    after = page.IsTruncated
      ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
      : undefined;
  }
}

function largeClient(settings: AwsSettings): S3Client {
  const client = s3Client(settings, PATIENCE_MS);
  client.middlewareStack.add(
    (next) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      // TLS says what arrived, and whoever reads all of it compares a digest: more would only cost.
      headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD';
      return next(args);
    },
    { step: 'build', name: 'unsignedPayload' },
  );
  return client;
}
