import { isThrottlingError, isTransientError, StandardRetryStrategy } from '@smithy/core/retry';
import { MAX_ATTEMPTS } from './client-options';

/** The attempts of a call so far. */
type Token = Awaited<ReturnType<StandardRetryStrategy['acquireInitialRetryToken']>>;

/** The SDK's standard retries: with jitter, and from a budget that all calls of a client share. */
export interface Retries {
  /**
   * Waits until a call may be tried again.
   *
   * @param error of its last attempt
   * @param token of that attempt. Absent: it was the first
   * @throws the error if the call must not be tried again
   */
  wait(error: unknown, token?: Token): Promise<Token>;
  /** Gives back to the budget. @param token of the attempt that succeeded. Absent: it was the first */
  succeed(token?: Token): Promise<void>;
}

export function createRetries(): Retries {
  const strategy = new StandardRetryStrategy(MAX_ATTEMPTS);
  const first = () => strategy.acquireInitialRetryToken('');
  return {
    async wait(error, token) {
      const last = token ?? (await first());
      return strategy
        .refreshRetryTokenForRetry(last, { errorType: errorType(error) })
        .catch(() => Promise.reject(error));
    },
    async succeed(token) {
      strategy.recordSuccess(token ?? (await first()));
    },
  };
}

function errorType(error: unknown) {
  const known = error as Parameters<typeof isThrottlingError>[0];
  if (isThrottlingError(known)) return 'THROTTLING';
  return isTransientError(known) ? 'TRANSIENT' : 'CLIENT_ERROR';
}
