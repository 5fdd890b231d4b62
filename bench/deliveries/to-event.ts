import { createHmac } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { SECRET } from '../stub/answer';

/** A delivery as API Gateway passes it to a function. */
export type GatewayEvent = Pick<
  APIGatewayProxyEventV2,
  'version' | 'routeKey' | 'rawPath' | 'rawQueryString' | 'headers' | 'body' | 'isBase64Encoded'
> & {
  readonly requestContext: {
    readonly http: { readonly method: string; readonly path: string; readonly sourceIp: string };
    readonly timeEpoch: number;
  };
};

const toEvent = (
  source: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): GatewayEvent => ({
  version: '2.0',
  routeKey: '$default',
  rawPath: `/webhooks/${source}`,
  rawQueryString: '',
  headers: {
    'content-length': String(body.length),
    'content-type': 'application/json',
    host: 'abcdefghij.execute-api.us-east-1.amazonaws.com',
    'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793',
    'x-forwarded-for': '192.0.2.1',
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
    ...headers,
  },
  requestContext: {
    http: { method: 'POST', path: `/webhooks/${source}`, sourceIp: '192.0.2.1' },
    timeEpoch: Date.now(),
  },
  body,
  isBase64Encoded: false,
});

/** @param algorithm Labelbox signs with SHA-1, or with SHA-256 by its newer samples */
export function labelboxEvent(body: string, algorithm: 'sha1' | 'sha256' = 'sha1'): GatewayEvent {
  const header = algorithm === 'sha1' ? 'x-hub-signature' : 'x-hub-signature-256';
  const digest = createHmac(algorithm, SECRET).update(body).digest('hex');
  return toEvent('labelbox', body, {
    'x-labelbox-event': 'LABEL_CREATED',
    [header]: `${algorithm}=${digest}`,
  });
}

export const labelStudioEvent = (body: string): GatewayEvent =>
  toEvent('label-studio', body, { authorization: `Bearer ${SECRET}` });
