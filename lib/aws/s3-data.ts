import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { DataStore } from '../consume/ports';

export interface S3DataOptions {
  /** The bucket of a deployment: its output, or `LABELRELAY_BUCKET` of its functions. */
  readonly bucket: string;
  /** One with the settings of the environment by default. */
  readonly client?: S3Client;
}

/** The data of large events. */
export const s3Data = ({ bucket, client = new S3Client() }: S3DataOptions): DataStore => ({
  bucket,
  async get(Key) {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
      return await Body?.transformToByteArray();
    } catch (error) {
      // Who may not list a bucket is denied what is not there.
      if (error instanceof Error && /^(NoSuchKey|AccessDenied)$/.test(error.name)) return undefined;
      throw error;
    }
  },
});
