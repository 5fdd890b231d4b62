import type { AwsSettings } from '../../config/read-config';
import type { HttpAnswer } from './exchange';
import { type SignedClient, signedClient } from './signed-client';

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
export interface JsonClient extends Pick<SignedClient, 'connect'> {
  /**
   * @param operation the name in the documentation of the service, such as `SendMessageBatch`
   * @throws the errors of `SignedClient`
   */
  call(operation: string, input: object, signal?: AbortSignal): Promise<object>;
}

export function jsonClient(
  { name, target, headers }: JsonService,
  endpoint: URL,
  settings: AwsSettings,
): JsonClient {
  const { send, connect } = signedClient({ name, endpoint }, settings);
  return {
    connect,
    async call(operation, input, signal) {
      const request = {
        method: 'POST',
        path: '/',
        headers: { 'x-amz-target': `${target}.${operation}`, ...headers },
        body: JSON.stringify(input),
      } as const;
      return parse(await send(request, signal), operation);
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
