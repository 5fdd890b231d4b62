import { AsyncLocalStorage } from 'node:async_hooks';
import {
  SendMessageBatchCommand,
  type SendMessageBatchCommandInput,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { AwsSettings } from '../config/read-config';
import { clientOptions } from './client-options';
import { httpHandler } from './http-handler';
import { plainJson } from './plain-json';
import { requestSigner } from './request-signer';

/** What a batch needs nothing of: each costs every call a few microseconds. */
const NEEDLESS = [
  // There is no logger,
  'loggerMiddleware',
  // no trace of X-Ray to go on with, nobody to tell what we are,
  'recursionDetectionMiddleware',
  'getUserAgentMiddleware',
  // one endpoint for every queue,
  'queueUrlMiddleware',
  // and plainJson and Node.js write these headers.
  'hostHeaderMiddleware',
  'contentLengthMiddleware',
];

/** Sends a batch. @throws what the client throws, once it has tried it three times */
export type SendBatch = (
  input: SendMessageBatchCommandInput,
  signal: AbortSignal,
) => Promise<{ readonly Successful?: readonly { readonly Id?: string }[] }>;

/**
 * The SQS client, narrowed to what sending takes: its signer, its retries and its errors are the SDK's.
 * What was left out is chosen by profile: docs/performance.md.
 */
export function sendingClient(settings: AwsSettings): SendBatch {
  const signals = new AsyncLocalStorage<AbortSignal>();
  const endpoint = new URL(settings.endpoint ?? new URL(settings.queueUrlBase).origin);
  const client = new SQSClient({
    ...clientOptions(settings),
    // There is nothing to resolve, nor to read from files.
    endpoint: undefined,
    ignoreConfiguredEndpointUrls: true,
    endpointProvider: () => ({ url: endpoint }),
    requestHandler: httpHandler(() => signals.getStore()),
    retryMode: 'standard',
    // TLS and the signature, which covers the body, have SQS get what we sent or refuse it.
    md5: false,
    // A call with options of its own would put its middleware together anew, so that its signal goes
    // beside it.
    cacheMiddleware: true,
  });
  for (const name of NEEDLESS) client.middlewareStack.remove(name);
  const { config } = client;
  const signer = requestSigner(config.credentials, settings.region, 'sqs');
  config.protocol = plainJson(config.protocol, endpoint);
  config.signer = async () => signer;
  return (input, signal) =>
    signals.run(signal, () => client.send(new SendMessageBatchCommand(input)));
}
