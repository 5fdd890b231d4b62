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
  return {
    method: event.requestContext.http.method,
    path: event.rawPath,
    headers: lowerCased(event.headers),
    address: event.requestContext.http.sourceIp,
    body: toBody(event, maxBodyBytes),
    receivedAt: new Date(event.requestContext.timeEpoch),
  };
}

function toBody(event: APIGatewayProxyEventV2, maxBytes: number): Request['body'] {
  const { isBase64Encoded } = event;
  // Absent from a request without one; what stands in for the gateway may also say null.
  const body = event.body ?? '';
  // The gateway encodes by Content-Type; what it did is in the event, and nowhere else.
  if (isBase64Encoded || !body.isWellFormed()) {
    const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
    return bytes.length > maxBytes ? 'too-large' : bytes;
  }
  return Buffer.byteLength(body) > maxBytes ? 'too-large' : { text: body };
}

const lowerCased = (headers: APIGatewayProxyEventV2['headers']): Request['headers'] =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
