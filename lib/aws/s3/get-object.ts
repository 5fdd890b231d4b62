import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { LabelrelayError } from '../../errors';

/**
 * @param isMissing matches the names of errors for a missing object
 * @returns the bytes; undefined if there is no such object
 * @throws the client's error, or LabelrelayError `unavailable` if the answer is not from S3
 */
export async function getObject(
  client: S3Client,
  Bucket: string,
  Key: string,
  isMissing = /^NoSuchKey$/,
): Promise<Uint8Array | undefined> {
  try {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
    // An answer without an ETag is not from S3, such as that of a proxy.
    if (ETag) return await Body?.transformToByteArray();
  } catch (error) {
    if (error instanceof Error && isMissing.test(error.name)) return undefined;
    throw error;
  }
  throw new LabelrelayError('unavailable', `expected an ETag from S3, got none: ${Key}`);
}
