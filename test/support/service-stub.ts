import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Received {
  readonly method: string;
  /** The path with its query. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
export type Answer = (response: ServerResponse, received: Received) => void;

export const fails =
  (status: number, type: string): Answer =>
  (response) =>
    response.writeHead(status).end(JSON.stringify({ __type: type }));
export const hangs: Answer = () => {};
export const stalls: Answer = (response) =>
  response.writeHead(200, { 'content-length': '9' }).write('{');
export const nonsense: Answer = (response) => response.end('<html>');

/** Answers after which a client must retry. */
export const PASSING: readonly (readonly [string, Answer])[] = [
  ['an error of the service', fails(500, 'InternalError')],
  ['an error of a load balancer', (response) => response.writeHead(503).end('<html>')],
  ['throttling', fails(400, 'ThrottlingException')],
  ['a connection that is cut', (response) => response.destroy()],
  [
    'an answer that is cut',
    (response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"Succ');
      setTimeout(() => response.destroy(), 20);
    },
  ],
];

export interface ServiceStub {
  readonly origin: string;
  /** The answers in turn; the last one is repeated. */
  answers: Answer[];
  readonly received: readonly Received[];
  connections: number;
  /** Closes the connections. */
  disconnect(): void;
  stop(): void;
}

/** An AWS service with given answers. Sets credentials for it in the environment. */
export async function startServiceStub(...answers: Answer[]): Promise<ServiceStub> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const body = (await buffer(request)).toString();
    const { method = '', url = '', headers } = request;
    const call = { method, url, headers, body };
    received.push(call);
    const { answers } = stub;
    (answers.length > 1 ? answers.shift() : answers[0])?.(response, call);
  });
  server.on('connection', () => stub.connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, CREDENTIALS);
  const stub: ServiceStub = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers,
    received,
    connections: 0,
    disconnect: () => server.closeAllConnections(),
    stop() {
      server.close();
      server.closeAllConnections();
      for (const name of Object.keys(CREDENTIALS)) delete process.env[name];
    },
  };
  return stub;
}

export const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  AWS_SESSION_TOKEN: 'token',
};

/**
 * The correct signature of a call.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signatureOf({ method, url, headers, body }: Received, secret: string): string {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const hmac = (key: string | Buffer, text: string) =>
    createHmac('sha256', key).update(text).digest();
  const [, scope = '', names = ''] =
    /Credential=[^/]+\/([^,]+), SignedHeaders=([^,]+),/.exec(headers.authorization ?? '') ?? [];
  const lines = names.split(';').map((name) => `${name}:${headers[name]}\n`);
  const canonical = `${method}\n${url}\n\n${lines.join('')}\n${names}\n${sha256(body)}`;
  const text = `AWS4-HMAC-SHA256\n${headers['x-amz-date']}\n${scope}\n${sha256(canonical)}`;
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return createHmac('sha256', key).update(text).digest('hex');
}
