import { isUtf8 } from 'node:buffer';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { FuzzedDelivery } from './make-delivery';
import { FORGED } from './sources';

/** Titles, shouts, and what gateways make of names. */
const CASES: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => name.toUpperCase(),
  (name) => name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()),
];

/**
 * The event of API Gateway for a delivery.
 *
 * @param mark the trace that the gateway begins
 */
export function toEvent(
  { method, path, headers, body }: FuzzedDelivery,
  index: number,
  mark: string,
): APIGatewayProxyEventV2 {
  const cased = CASES[index % CASES.length] ?? String;
  // A mutation can make a guess right, which is then no forgery.
  const bytes = Buffer.from(body.toString('latin1').replaceAll(FORGED, mark), 'latin1');
  const isBase64Encoded = index % 2 === 0 || !isUtf8(bytes);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers: Object.fromEntries([
      ...[...headers].map(([name, value]) => [cased(name), value]),
      ['x-amzn-trace-id', `Root=1-${mark.slice(0, 8)}-${mark.slice(8)}`],
    ]),
    requestContext: {
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: '' },
      timeEpoch: Date.now(),
    } as APIGatewayProxyEventV2['requestContext'],
    body: bytes.length === 0 ? undefined : bytes.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  };
}
