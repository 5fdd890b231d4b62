import type { AwsSettings } from '../../config/read-config';

const TIMEOUT_MS = 2_000;

/** The attempts of a call, the first one included. */
export const MAX_ATTEMPTS = 3;

type Where = Pick<AwsSettings, 'region' | 'endpoint' | 'hasCredentials'>;

/**
 * The options of every client. The SDK has no request timeout by default, and a sender waits for a few seconds
 * at most.
 */
export function clientOptions({ region, endpoint, hasCredentials }: Where) {
  const credentials = localCredentials({ endpoint, hasCredentials });
  return {
    region,
    endpoint,
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: {
      connectionTimeout: 1_000,
      // The time until the answer begins. Without the second line the client would only log a warning.
      requestTimeout: TIMEOUT_MS,
      throwOnRequestTimeout: true,
      // The time between two parts of an answer.
      socketTimeout: TIMEOUT_MS,
    },
    ...(credentials && { credentials }),
  };
}

/** An emulator accepts any credentials, but a call has to have some. */
export const localCredentials = ({ endpoint, hasCredentials }: Omit<Where, 'region'>) =>
  endpoint && isLoopback(endpoint) && !hasCredentials
    ? { accessKeyId: 'local', secretAccessKey: 'local' }
    : undefined;

/** Whether a URL points to this machine. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
