import { AsyncLocalStorage } from 'node:async_hooks';
import {
  SendMessageBatchCommand,
  type SendMessageBatchCommandInput,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { AwsSettings } from '../../config/read-config';
import { removeMiddleware, slimClient, slimOptions } from '../client/slim-client';

const SQS = {
  name: 'sqs',
  target: 'AmazonSQS',
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-query-mode': 'true' },
};

/**
 * Sends a batch.
 *
 * @throws the client's error after three tries
 */
export type SendBatch = (
  input: SendMessageBatchCommandInput,
  signal: AbortSignal,
) => Promise<{ readonly Successful?: readonly { readonly Id?: string }[] }>;

export function sendingClient(settings: AwsSettings): SendBatch {
  // The signal is not in the options of a call: the client would then build a new middleware stack for it.
  const signals = new AsyncLocalStorage<AbortSignal>();
  const client = new SQSClient({
    ...slimOptions(settings, () => signals.getStore()),
    // TLS and the signature, which covers the body, already protect the message.
    md5: false,
  });
  // One endpoint serves every queue.
  removeMiddleware(client.middlewareStack, 'queueUrlMiddleware');
  slimClient(client, SQS, new URL(settings.endpoint ?? settings.queueUrlBase), settings);
  return (input, signal) =>
    signals.run(signal, () => client.send(new SendMessageBatchCommand(input)));
}
