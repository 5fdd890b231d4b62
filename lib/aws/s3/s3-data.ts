import { S3Client } from '@aws-sdk/client-s3';
import type { DataStore } from '../../consume/ports';
import { getObject } from './get-object';

/**
 * The bucket with the data of large events.
 *
 * @example
 * ```ts
 * import type { S3DataOptions } from 'labelrelay/worker';
 *
 * const options: S3DataOptions = { bucket: 'labelrelay-prod-123456789012-us-east-1' };
 * console.log(options.bucket); // labelrelay-prod-123456789012-us-east-1
 * ```
 */
export interface S3DataOptions {
  /**
   * The only bucket to read: the output `BucketName` of a deployment. By default it is the variable
   * `LABELRELAY_BUCKET`, and without that the bucket that each event names.
   */
  readonly bucket?: string;
  /** The client. By default it is made from the environment. */
  readonly client?: S3Client;
}

/** Without the permission to list the bucket, S3 answers AccessDenied for a missing object. */
const IS_MISSING = /^(NoSuchKey|AccessDenied)$/;

/**
 * Reads the data of large events from the bucket of a deployment. The role needs `s3:GetObject` on its `data/*`. Workers
 * have this store if they are given no other.
 *
 * @example
 * ```ts
 * import { s3Data } from 'labelrelay/worker';
 *
 * const data = s3Data({ bucket: 'labelrelay-prod-123456789012-us-east-1' });
 * console.log(data.bucket); // labelrelay-prod-123456789012-us-east-1
 * ```
 */
export function s3Data({
  bucket = process.env.LABELRELAY_BUCKET || undefined,
  client,
}: S3DataOptions = {}): DataStore {
  let made = client;
  return {
    bucket,
    get(key, from) {
      // Few events are large, so most workers never need the client.
      made ??= clientOfEnvironment();
      return getObject(made, from, key, IS_MISSING);
    },
  };
}

/** Servers other than those of AWS have no host name for each bucket. */
const clientOfEnvironment = (): S3Client =>
  new S3Client({
    forcePathStyle: Boolean(process.env.AWS_ENDPOINT_URL_S3 || process.env.AWS_ENDPOINT_URL),
  });
