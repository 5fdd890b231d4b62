import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Receiver, Request } from '../../receive/http/http';

/**
 * A Lambda handler for an API Gateway HTTP API, payload format 2.0.
 *
 * @param maxBodyBytes the limit above which the receiver gets `too-large` instead of the body
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
  // A request without a body has none. Emulators of the gateway may send null.
  const body = event.body ?? '';
  // The gateway encodes the body in base64 for some Content-Types. Only the event says whether it did.
  if (isBase64Encoded || !body.isWellFormed()) {
    const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
    return bytes.length > maxBytes ? 'too-large' : bytes;
  }
  return Buffer.byteLength(body) > maxBytes ? 'too-large' : { text: body };
}

function lowerCased(headers: APIGatewayProxyEventV2['headers']): Request['headers'] {
  const lower: Record<string, string | undefined> = {};
  for (const name in headers) lower[name.toLowerCase()] = headers[name];
  return lower;
}
