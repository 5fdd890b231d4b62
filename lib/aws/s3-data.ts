import { S3Client } from '@aws-sdk/client-s3';
import type { DataStore } from '../consume/ports';
import { getObject } from './get-object';

export interface S3DataOptions {
  /** The bucket of a deployment: its output, or `LABELRELAY_BUCKET` of its functions. */
  readonly bucket: string;
  /** One with the settings of the environment by default. */
  readonly client?: S3Client;
}

/** Who may not list a bucket is denied what is not there. */
const IS_MISSING = /^(NoSuchKey|AccessDenied)$/;

/** The data of large events. */
export const s3Data = ({ bucket, client = new S3Client() }: S3DataOptions): DataStore => ({
  bucket,
  get: (key) => getObject(client, bucket, key, IS_MISSING),
});
