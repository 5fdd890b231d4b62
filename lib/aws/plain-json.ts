import type { HttpResponse } from './http-handler';

/** As much of the SDK's protocols as is replaced. */
interface JsonProtocol {
  serializeRequest(operation: { readonly name: string }, input: object): Promise<object>;
  deserializeResponse(operation: object, context: object, answer: HttpResponse): Promise<object>;
}

/**
 * The protocol of an SQS client whose inputs and answers are JSON as they are, with neither blobs nor
 * dates: nothing has to be converted by its schema. Errors are left to the SDK, which knows them.
 */
export function plainJson<P extends object>(sdk: P, endpoint: URL): P {
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
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': `AmazonSQS.${name}`,
          'x-amzn-query-mode': 'true',
        },
        body: Buffer.from(JSON.stringify(input)),
      };
    },

    async deserializeResponse(operation, context, answer) {
      if (answer.statusCode >= 300) return known.deserializeResponse(operation, context, answer);
      return { ...JSON.parse(answer.body.toString()), $metadata: {} };
    },
  };
  return Object.assign(Object.create(sdk) as P, protocol);
}
