// Without the SDK's clients. With them a delivery of 3 KB took 3.2 times the CPU time of its floor, and a first delivery 1.35
// times what it takes to load them; without them 2.5 and 0.93 times. Retries and credentials are the SDK's.

import type { AwsSettings } from '../../config/read-config';
import { sha256Of } from '../../receive/stored/content';
import { untilAborted } from '../../receive/verify/until-aborted';
import { awsCredentials } from './aws-credentials';
import { createExchange, type HttpAnswer, type HttpRequest } from './exchange';
import { requestSigner } from './request-signer';
import type { Retries } from './retries';
import { serviceError } from './service-error';

export interface SignedRequest extends HttpRequest {
  /** The SHA-256 of the body in hex, if it is known already. */
  readonly sha256?: string;
}

/** Sends signed requests to one service of AWS. */
export interface SignedClient {
  /**
   * @throws a `ServiceError` or an error of the connection after three attempts, or the reason of the signal
   */
  send(request: SignedRequest, signal?: AbortSignal): Promise<HttpAnswer>;
  /** Opens a connection, so that the first request does not wait for it. */
  connect(): void;
}

export interface Service {
  /** The name in signatures. */
  readonly name: string;
  readonly endpoint: URL;
  /** The time limit for an attempt, in milliseconds, if it is not the usual one. */
  readonly callMs?: number;
}

/** A clock that differs by more than this makes AWS refuse signatures, in milliseconds. */
const SKEW_MS = 240_000;

export function signedClient(
  { name, endpoint, callMs }: Service,
  settings: AwsSettings,
): SignedClient {
  const sign = requestSigner(awsCredentials(settings), settings.region, name);
  const { exchange, connect } = createExchange(endpoint, callMs);
  /** Undefined until a call has failed: its code is not loaded before. */
  let retries: Retries | undefined;
  /** How far the clock of the service is ahead, in milliseconds. */
  let skew = 0;

  async function attempt(
    { sha256, ...request }: Required<SignedRequest>,
    signal?: AbortSignal,
  ): Promise<HttpAnswer> {
    const headers = await sign(request, sha256, Date.now() + skew);
    const answer = await exchange({ ...request, headers }, signal);
    if (answer.statusCode < 300) return answer;
    throw serviceError(answer, { isSkewCorrected: correctSkew(answer) });
  }

  /** @returns whether the clock of the service was found to differ */
  function correctSkew({ headers: { date } }: HttpAnswer): boolean {
    const ahead = Date.parse(date ?? '') - Date.now();
    if (!(Math.abs(ahead - skew) >= SKEW_MS)) return false;
    skew = ahead;
    return true;
  }

  return {
    connect,
    async send({ headers, sha256, ...rest }, signal) {
      const request = {
        ...rest,
        headers: { host: endpoint.host, ...headers },
        sha256: sha256 ?? sha256Of(rest.body),
      };
      let token: Awaited<ReturnType<Retries['wait']>> | undefined;
      for (;;) {
        try {
          const answer = await attempt(request, signal);
          await retries?.succeed(token);
          return answer;
        } catch (error) {
          signal?.throwIfAborted();
          retries ??= (await import('./retries')).createRetries();
          const next = retries.wait(error, token);
          token = await (signal ? untilAborted(signal, next) : next);
        }
      }
    },
  };
}
