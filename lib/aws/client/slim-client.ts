import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { AwsSettings } from '../../config/read-config';
import { LabelrelayError } from '../../errors';
import { clientOptions } from './client-options';
import { httpHandler } from './http-handler';
import { type JsonService, plainJson } from './plain-json';
import { requestSigner } from './request-signer';

/** Middleware that our calls do not need. Each costs every call a few microseconds. */
const NEEDLESS = [
  // There is no logger.
  'loggerMiddleware',
  // There is no trace of X-Ray to continue, and no need of a user agent.
  'recursionDetectionMiddleware',
  'getUserAgentMiddleware',
  // plainJson and Node.js write these headers.
  'hostHeaderMiddleware',
  'contentLengthMiddleware',
];

/**
 * The options of a client that `slimClient` changes.
 *
 * @param signalOf returns the signal of a request's call
 */
export const slimOptions = (settings: AwsSettings, signalOf?: () => AbortSignal | undefined) => ({
  ...clientOptions(settings),
  // No endpoint is resolved, or read from files.
  endpoint: undefined,
  ignoreConfiguredEndpointUrls: true,
  requestHandler: httpHandler(signalOf),
  retryMode: 'standard',
  // A call with options of its own would build its middleware anew.
  cacheMiddleware: true,
});

/**
 * @throws LabelrelayError `invalid-configuration` if the client has no such middleware. Another version of the SDK may
 *   have renamed it, and each call would then do more than was measured
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
 * Reduces a client to the needs of small calls in JSON. Retries and errors stay those of the SDK. The choice of the
 * parts to remove is measured: docs/performance.md.
 */
export function slimClient(
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
