import { Readable } from 'node:stream';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { LabelrelayError } from '../../errors';

/** The longest time from the first byte of an answer to its last, in milliseconds. */
const ANSWER_MS = 60_000;

/** The SDK's clients wait as long as anything comes: an answer that goes on and on would keep a call for ever. */
export function endAnswers<C extends DynamoDBClient | S3Client | SQSClient>(
  client: C,
  answerMs = ANSWER_MS,
): C {
  const { middlewareStack } = client as DynamoDBClient;
  middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { body } = result.response as { readonly body?: unknown };
      if (!(body instanceof Readable)) return result;
      const timer = setTimeout(() => body.destroy(tooLong(answerMs)), answerMs).unref();
      body.once('close', () => clearTimeout(timer));
      return result;
    },
    // The last step before the request goes out, and the first one that has its answer.
    { step: 'deserialize', priority: 'low', name: 'endAnswers' },
  );
  return client;
}

const tooLong = (answerMs: number): LabelrelayError =>
  new LabelrelayError('unavailable', `expected an answer to end within ${answerMs} ms, it goes on`);
