import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Receiver, Request } from '../receive/http';

/**
 * A Lambda handler for an API Gateway HTTP API, payload format 2.0.
 *
 * @param maxBodyBytes larger bodies are handed over as `too-large`
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const apiGatewayHandler =
  (receive: Receiver, maxBodyBytes: number) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const { status, headers, body } = await receive(toRequest(event, maxBodyBytes));
    return { statusCode: status, headers: { ...headers }, body };
  };

function toRequest(event: APIGatewayProxyEventV2, maxBodyBytes: number): Request {
  // The gateway encodes by Content-Type; what it did is in the event, and nowhere else.
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  return {
    method: event.requestContext.http.method,
    path: event.rawPath,
    headers: lowerCased(event.headers),
    address: event.requestContext.http.sourceIp,
    body: bytes.length > maxBodyBytes ? 'too-large' : bytes,
    receivedAt: new Date(event.requestContext.timeEpoch),
  };
}

const lowerCased = (headers: APIGatewayProxyEventV2['headers']): Request['headers'] =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
