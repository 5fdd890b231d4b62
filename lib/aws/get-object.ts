import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { LabelrelayError } from '../errors';

/**
 * @param isMissing the names of errors that say that it is not there
 * @returns undefined when it is not there
 * @throws what the client throws, LabelrelayError `unavailable` when something else than S3 answered
 */
export async function getObject(
  client: S3Client,
  Bucket: string,
  Key: string,
  isMissing = /^NoSuchKey$/,
): Promise<Uint8Array | undefined> {
  try {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
    // Whatever else answered 200, it was not S3.
    if (ETag) return await Body?.transformToByteArray();
  } catch (error) {
    if (error instanceof Error && isMissing.test(error.name)) return undefined;
    throw error;
  }
  throw new LabelrelayError('unavailable', `expected an ETag from S3, got none: ${Key}`);
}
