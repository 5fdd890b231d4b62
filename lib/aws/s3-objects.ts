import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { AwsSettings } from '../config/read-config';
import { LabelrelayError } from '../errors';
import type { ObjectStore } from '../receive/ports';
import { clientOptions } from './client-options';
import { endAnswers } from './end-answers';

/** What an answer may take of a client that has more patience than usual: as long as a function can run. */
const LONG_ANSWER_MS = 900_000;

/** @param patienceMs what it waits for an answer, or for more of it, where that is not the usual */
export function s3Client(settings: AwsSettings, patienceMs?: number): S3Client {
  const { requestHandler, ...options } = clientOptions(settings);
  const patience = patienceMs && { requestTimeout: patienceMs, socketTimeout: patienceMs };
  const client = new S3Client({
    ...options,
    requestHandler: { ...requestHandler, ...patience },
    forcePathStyle: settings.endpoint !== undefined,
    // S3 checks what it stores by the signature, which has the SHA-256 of the body.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    // It would take a new connection for every large body.
    expectContinueHeader: false,
  });
  return endAnswers(client, patienceMs && LONG_ANSWER_MS);
}

/** @param client another one than its own */
export const s3Objects = (
  settings: AwsSettings,
  client: S3Client = s3Client(settings),
): ObjectStore => ({
  async put(key, bytes, { signal, sha256 } = {}) {
    const command = new PutObjectCommand({ Bucket: settings.bucket, Key: key, Body: bytes });
    if (sha256) signAs(command, sha256);
    const { ETag } = await client.send(command, { abortSignal: signal });
    // Whatever else answered 200, it was not S3.
    if (!ETag) throw new LabelrelayError('unavailable', 'expected an ETag from S3, got none');
    return `s3://${settings.bucket}/${key}`;
  },
});

/** Signs the body by its digest, which is what the signer would make of it. S3 checks it. */
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
