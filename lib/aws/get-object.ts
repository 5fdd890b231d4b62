import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';

/**
 * @param isMissing the names of errors that say that it is not there
 * @returns undefined when it is not there
 */
export async function getObject(
  client: S3Client,
  Bucket: string,
  Key: string,
  isMissing = /^NoSuchKey$/,
): Promise<Uint8Array | undefined> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    return await Body?.transformToByteArray();
  } catch (error) {
    if (error instanceof Error && isMissing.test(error.name)) return undefined;
    throw error;
  }
}
