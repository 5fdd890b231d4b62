import { S3Client } from '@aws-sdk/client-s3';
import type { AwsSettings } from '../../config/read-config';
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
