import type { AwsSettings } from '../../config/read-config';
import { LabelrelayError } from '../../errors';
import type { ObjectStore } from '../../receive/stored/object-store';
import { serviceEndpoint } from '../client/service-endpoint';
import { signedClient } from '../client/signed-client';

/** The longest time for an object, in milliseconds. Ten megabytes take long on a slow network. */
const CALL_MS = 60_000;

const HEADERS = { 'content-type': 'application/octet-stream' };

/**
 * Puts objects. The SDK's client for S3 takes a sixth of the CPU time of a delivery of 300 KB.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 */
export function s3Objects(settings: AwsSettings): ObjectStore {
  const { bucket } = settings;
  const { endpoint, path: folder } = bucketAddress(settings);
  const { send } = signedClient({ name: 's3', endpoint, callMs: CALL_MS }, settings);
  return {
    async put(key, content, { signal, sha256 } = {}) {
      const path = `${folder}${key.split('/').map(encode).join('/')}`;
      const request = { method: 'PUT', path, headers: HEADERS, body: content, sha256 } as const;
      const answer = await send(request, signal);
      // An answer without an ETag is not from S3, such as that of a proxy.
      if (!answer.headers.etag)
        throw new LabelrelayError('unavailable', 'expected an ETag from S3, got none');
      return `s3://${bucket}/${key}`;
    },
  };
}

/**
 * The endpoint of a bucket, and the path of the bucket there. A stand-in has no name for each bucket, and no certificate is
 * for a name with more dots.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function bucketAddress(
  settings: Pick<AwsSettings, 'bucket' | 'endpoint' | 'region' | 'queueUrlBase'>,
): { readonly endpoint: URL; readonly path: string } {
  const { bucket, endpoint } = settings;
  if (endpoint !== undefined || bucket.includes('.')) {
    return { endpoint: serviceEndpoint('s3', settings), path: `/${encode(bucket)}/` };
  }
  return { endpoint: serviceEndpoint(`${bucket}.s3`, settings), path: '/' };
}

/** As signatures need it: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
