import type { AwsSettings } from '../config/read-config';

const TIMEOUT_MS = 2_000;

/**
 * What every client is made with. The SDK has no request timeout of its own, and a sender waits at
 * most a few seconds.
 */
export const clientOptions = ({
  region,
  endpoint,
  hasCredentials,
}: Pick<AwsSettings, 'region' | 'endpoint' | 'hasCredentials'>) => ({
  region,
  endpoint,
  maxAttempts: 3,
  requestHandler: {
    connectionTimeout: 1_000,
    // Until the answer begins. Without the second line the client would only warn.
    requestTimeout: TIMEOUT_MS,
    throwOnRequestTimeout: true,
    // Between the parts of an answer.
    socketTimeout: TIMEOUT_MS,
  },
  // A local stand-in takes any credentials, but the SDK wants some.
  ...(endpoint && isLoopback(endpoint) && !hasCredentials
    ? { credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }
    : {}),
});

/** Whether a URL leads to this machine. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
