import { S3Client } from '@aws-sdk/client-s3';
import type { DataStore } from '../../consume/ports';
import { getObject } from './get-object';

export interface S3DataOptions {
  /** The bucket of a deployment: its output `BucketName`, or `LABELRELAY_BUCKET` of its functions. */
  readonly bucket: string;
  /** The client. By default it is made from the environment. */
  readonly client?: S3Client;
}

/** Without the permission to list the bucket, S3 answers AccessDenied for a missing object. */
const IS_MISSING = /^(NoSuchKey|AccessDenied)$/;

/**
 * Reads the data of large events from the bucket of a deployment. The role needs `s3:GetObject` on `data/*`.
 *
 * @example
 * ```ts
 * import { s3Data } from 'labelrelay/worker';
 *
 * const data = s3Data({ bucket: 'labelrelay-prod-123456789012-us-east-1' });
 * console.log(data.bucket); // labelrelay-prod-123456789012-us-east-1
 * ```
 */
export const s3Data = ({ bucket, client = new S3Client() }: S3DataOptions): DataStore => ({
  bucket,
  get: (key) => getObject(client, bucket, key, IS_MISSING),
});
