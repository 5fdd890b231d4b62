// Without the SDK's clients. With them a delivery of 3 KB took 3.2 times the CPU time of its floor, and a first delivery 1.35
// times what it takes to load them; without them 2.5 and 0.93 times. Retries and credentials are the SDK's.

import type { AwsSettings } from '../../config/read-config';
import { untilAborted } from '../../receive/verify/until-aborted';
import { awsCredentials } from './aws-credentials';
import { createPost, type HttpAnswer } from './post';
import { requestSigner } from './request-signer';
import type { Retries } from './retries';
import { serviceError } from './service-error';

/** A JSON service of AWS, with its names in requests. */
export interface JsonService {
  /** The name in signatures. */
  readonly name: string;
  /** The prefix of operations in `X-Amz-Target`. */
  readonly target: string;
  /** Further headers of each request. Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A client for small calls to a JSON service. It passes inputs and answers as JSON, without a schema. */
export interface JsonClient {
  /**
   * @param operation the name in the documentation of the service, such as `SendMessageBatch`
   * @throws a `ServiceError` or an error of the connection after three attempts, or the reason of the signal
   */
  call(operation: string, input: object, signal?: AbortSignal): Promise<object>;
  /** Opens a connection, so that the first call does not wait for it. */
  connect(): void;
}

/** A clock that differs by more than this makes AWS refuse signatures, in milliseconds. */
const SKEW_MS = 240_000;

export function jsonClient(service: JsonService, endpoint: URL, settings: AwsSettings): JsonClient {
  const sign = requestSigner(awsCredentials(settings), settings.region, service.name);
  const { post, connect } = createPost(endpoint);
  /** Undefined until a call has failed: its code is not loaded before. */
  let retries: Retries | undefined;
  /** How far the clock of the service is ahead, in milliseconds. */
  let skew = 0;

  async function attempt(operation: string, body: string, signal?: AbortSignal): Promise<object> {
    const headers = {
      host: endpoint.host,
      'x-amz-target': `${service.target}.${operation}`,
      ...service.headers,
    };
    const answer = await post(await sign(headers, body, Date.now() + skew), body, signal);
    if (answer.statusCode < 300) return parse(answer, operation);
    throw serviceError(operation, answer, { isSkewCorrected: correctSkew(answer) });
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
    async call(operation, input, signal) {
      const body = JSON.stringify(input);
      let token: Awaited<ReturnType<Retries['wait']>> | undefined;
      for (;;) {
        try {
          const output = await attempt(operation, body, signal);
          await retries?.succeed(token);
          return output;
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

/** @throws a SyntaxError without the text, which may be a secret. The message of JSON.parse would quote it */
function parse({ body }: HttpAnswer, operation: string): object {
  try {
    return Object(JSON.parse(body));
  } catch {
    throw new SyntaxError(
      `expected JSON from ${operation}, got ${body.length} characters of something else`,
    );
  }
}
