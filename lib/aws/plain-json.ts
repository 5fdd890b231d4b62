import type { HttpResponse } from './http-handler';

/** As much of the SDK's protocols as is replaced. */
interface JsonProtocol {
  serializeRequest(operation: { readonly name: string }, input: object): Promise<object>;
  deserializeResponse(operation: object, context: object, answer: HttpResponse): Promise<object>;
}

/** A service of AWS that speaks JSON, and what its requests name it by. */
export interface JsonService {
  /** In a signature. */
  readonly name: string;
  /** In front of the name of an operation. */
  readonly target: string;
  /** Beside the host and the operation. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The protocol of a client whose inputs and answers are taken as the JSON they are: blobs are base64,
 * and dates seconds since 1970. Nothing is converted by its schema. Errors are left to the SDK, which
 * knows them.
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

/** @throws a SyntaxError that does not quote what came, as JSON.parse does: it may be a secret */
function parse(text: string, { target }: JsonService): object {
  try {
    return JSON.parse(text);
  } catch {
    throw new SyntaxError(
      `expected JSON from ${target}, got ${text.length} characters of something else`,
    );
  }
}
