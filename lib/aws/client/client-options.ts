import type { AwsSettings } from '../../config/read-config';

const TIMEOUT_MS = 2_000;

/**
 * The options of every client. The SDK has no request timeout by default, and a sender waits for a few seconds
 * at most.
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
    // The time until the answer begins. Without the second line the client would only log a warning.
    requestTimeout: TIMEOUT_MS,
    throwOnRequestTimeout: true,
    // The time between two parts of an answer.
    socketTimeout: TIMEOUT_MS,
  },
  // An emulator accepts any credentials, but the SDK requires some.
  ...(endpoint && isLoopback(endpoint) && !hasCredentials
    ? { credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }
    : {}),
});

/** Whether a URL points to this machine. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
