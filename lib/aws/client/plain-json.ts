import type { HttpResponse } from './http-handler';

/** The methods of the SDK's protocols that are replaced. */
interface JsonProtocol {
  serializeRequest(operation: { readonly name: string }, input: object): Promise<object>;
  deserializeResponse(operation: object, context: object, answer: HttpResponse): Promise<object>;
}

/** A JSON service of AWS, with its names in requests. */
export interface JsonService {
  /** The name in signatures. */
  readonly name: string;
  /** The prefix of operations in `X-Amz-Target`. */
  readonly target: string;
  /** Further headers of each request. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * A protocol that passes inputs and answers as plain JSON: blobs are base64, and dates are seconds since 1970.
 * It does not convert values by schema. The SDK parses errors.
 */
export function plainJson<P extends object>(sdk: P, service: JsonService, endpoint: URL): P {
  const known = sdk as P & JsonProtocol;
  const protocol: JsonProtocol = {
    async serializeRequest({ name }, input) {
      return {
        method: 'POST',
        protocol: endpoint.protocol,
        hostname: endpoint.hostname,
        port: endpoint.port ? Number(endpoint.port) : undefined,
        path: '/',
        query: {},
        headers: {
          host: endpoint.host,
          'x-amz-target': `${service.target}.${name}`,
          ...service.headers,
        },
        body: Buffer.from(JSON.stringify(input)),
      };
    },

    async deserializeResponse(operation, context, answer) {
      if (answer.statusCode >= 300) return known.deserializeResponse(operation, context, answer);
      return { ...parse(answer.body.toString(), service), $metadata: {} };
    },
  };
  return Object.assign(Object.create(sdk) as P, protocol);
}

/** @throws a SyntaxError without the text, which may be a secret. The message of JSON.parse would quote it */
function parse(text: string, { target }: JsonService): object {
  try {
    return JSON.parse(text);
  } catch {
    throw new SyntaxError(
      `expected JSON from ${target}, got ${text.length} characters of something else`,
    );
  }
}
