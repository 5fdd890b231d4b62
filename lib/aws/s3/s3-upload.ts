import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { LabelrelayError } from '../../errors';
import type { Upload } from '../../receive/stored/object-store';
import { PART_BYTES, type PartBuffers } from './part-buffers';

/** The bucket and key of an object. */
interface Target {
  readonly Bucket: string;
  readonly Key: string;
}

/**
 * A multipart upload with two buffers: one part fills while the part before it is sent. An object of at most
 * one part is put in one request.
 */
export function s3Upload(
  client: S3Client,
  target: Target,
  buffers: PartBuffers,
  abortSignal?: AbortSignal,
): Upload {
  const parts: CompletedPart[] = [];
  let id: string | undefined;
  let filling: Buffer = Buffer.alloc(0);
  let other: Buffer = Buffer.alloc(0);
  let filled = 0;
  let underway: Promise<unknown> = Promise.resolve();

  /** Sends parts one after the other. The error of a part is thrown at the next step. */
  async function sendPart(): Promise<void> {
    await underway;
    const Body = filling.subarray(0, filled);
    [filling, other] = [other, filling];
    filled = 0;
    underway = upload(Body);
    underway.catch(() => {});
  }

  async function upload(Body: Uint8Array): Promise<void> {
    id ??= await create();
    const PartNumber = parts.length + 1;
    const command = new UploadPartCommand({ ...target, UploadId: id, PartNumber, Body });
    const { ETag } = await client.send(command, { abortSignal });
    parts.push({ ETag: expectText(ETag), PartNumber });
  }

  async function create(): Promise<string> {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(target), {
      abortSignal,
    });
    return expectText(UploadId);
  }

  function giveBack(): void {
    buffers.give(filling);
    buffers.give(other);
    filling = Buffer.alloc(0);
    other = Buffer.alloc(0);
    filled = 0;
  }

  return {
    async write(bytes) {
      for (let left = bytes; left.length > 0; ) {
        if (filling.length === 0) filling = buffers.take();
        const piece = left.subarray(0, PART_BYTES - filled);
        filling.set(piece, filled);
        filled += piece.length;
        left = left.subarray(piece.length);
        if (filled === PART_BYTES) await sendPart();
      }
    },

    async commit() {
      if (parts.length === 0 && id === undefined && other.length === 0) {
        const Body = filling.subarray(0, filled);
        const { ETag } = await client.send(new PutObjectCommand({ ...target, Body }), {
          abortSignal,
        });
        expectText(ETag);
      } else {
        if (filled > 0) await sendPart();
        await underway;
        const command = new CompleteMultipartUploadCommand({
          ...target,
          UploadId: id,
          MultipartUpload: { Parts: parts },
        });
        expectText((await client.send(command, { abortSignal })).ETag);
      }
      giveBack();
      return `s3://${target.Bucket}/${target.Key}`;
    },

    async abort() {
      await underway.catch(() => {});
      giveBack();
      if (id === undefined) return;
      // Without the abort signal: this call cleans up after an abort.
      const command = new AbortMultipartUploadCommand({ ...target, UploadId: id });
      await client.send(command).catch(() => {});
    },
  };
}

/** An answer without these texts is not from S3, such as that of a proxy. */
function expectText(text: string | undefined): string {
  if (text) return text;
  throw new LabelrelayError('unavailable', 'expected an answer of S3, got another');
}
