import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { AwsSettings } from '../../config/read-config';
import { LabelrelayError } from '../../errors';
import type { ObjectStore } from '../../receive/stored/object-store';
import { clientOptions } from '../client/client-options';
import { endAnswers } from '../client/end-answers';

/** The longest answer for a client with a longer timeout than usual: the longest run of a function. */
const LONG_ANSWER_MS = 900_000;

/** @param timeoutMs the timeout for an answer and between its parts, if it is not the default */
export function s3Client(settings: AwsSettings, timeoutMs?: number): S3Client {
  const { requestHandler, ...options } = clientOptions(settings);
  const timeouts = timeoutMs && { requestTimeout: timeoutMs, socketTimeout: timeoutMs };
  const client = new S3Client({
    ...options,
    requestHandler: { ...requestHandler, ...timeouts },
    forcePathStyle: settings.endpoint !== undefined,
    // S3 verifies the body by the signature, which contains its SHA-256.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    // 100-continue would need a new connection for every large body.
    expectContinueHeader: false,
  });
  return endAnswers(client, timeoutMs && LONG_ANSWER_MS);
}

/** @param client the client, if it is not the default one */
export const s3Objects = (
  settings: AwsSettings,
  client: S3Client = s3Client(settings),
): ObjectStore => ({
  async put(key, bytes, { signal, sha256 } = {}) {
    const command = new PutObjectCommand({ Bucket: settings.bucket, Key: key, Body: bytes });
    if (sha256) signAs(command, sha256);
    const { ETag } = await client.send(command, { abortSignal: signal });
    // An answer without an ETag is not from S3, such as that of a proxy.
    if (!ETag) throw new LabelrelayError('unavailable', 'expected an ETag from S3, got none');
    return `s3://${settings.bucket}/${key}`;
  },
});

/** Adds the digest of the body, as the signer would compute it. S3 verifies it. */
function signAs({ middlewareStack }: PutObjectCommand, sha256: string): void {
  middlewareStack.add(
    (next) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      headers['x-amz-content-sha256'] = sha256;
      return next(args);
    },
    { step: 'build' },
  );
}
