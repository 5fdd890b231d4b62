import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { AwsSettings } from '../../config/read-config';
import { LabelrelayError } from '../../errors';
import { clientOptions } from './client-options';
import { httpHandler } from './http-handler';
import { type JsonService, plainJson } from './plain-json';
import { requestSigner } from './request-signer';

/** What our calls need nothing of: each costs every one of them a few microseconds. */
const NEEDLESS = [
  // There is no logger,
  'loggerMiddleware',
  // no trace of X-Ray to go on with, nobody to tell what we are,
  'recursionDetectionMiddleware',
  'getUserAgentMiddleware',
  // and plainJson and Node.js write these headers.
  'hostHeaderMiddleware',
  'contentLengthMiddleware',
];

/**
 * What a client is made with that is to be narrowed.
 *
 * @param signalOf the signal of the call that a request is made for
 */
export const narrowOptions = (settings: AwsSettings, signalOf?: () => AbortSignal | undefined) => ({
  ...clientOptions(settings),
  // There is nothing to resolve, nor to read from files.
  endpoint: undefined,
  ignoreConfiguredEndpointUrls: true,
  requestHandler: httpHandler(signalOf),
  retryMode: 'standard',
  // A call with options of its own would put its middleware together anew.
  cacheMiddleware: true,
});

/**
 * @throws LabelrelayError `invalid-configuration` when the client has no such middleware, as another version of the SDK may
 * have renamed it: each call would then do more than was measured
 */
export function removeMiddleware(
  stack: { readonly remove: (name: string) => boolean },
  name: string,
): void {
  if (stack.remove(name)) return;
  throw new LabelrelayError(
    'invalid-configuration',
    `expected the AWS SDK's middleware ${name} to remove, got a client without it`,
  );
}

/**
 * Narrows a client to what small calls in JSON take: its retries and its errors stay the SDK's. What is
 * left out is chosen by profile: docs/performance.md.
 */
export function narrow(
  { config, middlewareStack }: SQSClient | SecretsManagerClient,
  service: JsonService,
  endpoint: URL,
  { region }: AwsSettings,
): void {
  for (const name of NEEDLESS) removeMiddleware(middlewareStack, name);
  const signer = requestSigner(config.credentials, region, service.name);
  config.endpointProvider = () => ({ url: endpoint });
  config.protocol = plainJson(config.protocol, service, endpoint);
  config.signer = async () => signer;
}
