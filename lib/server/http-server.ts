import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Receiver, Request } from '../receive/http';
import { readBody } from './read-body';

/** How long a sender may take for the headers, and for the whole request, in milliseconds. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 60_000;

/** @param maxBodyBytes larger bodies are not read, and handed over as `too-large` */
export function createHttpServer(receive: Receiver, maxBodyBytes: number): Server {
  const options = { headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS };
  return createServer(options, (incoming, response) => {
    respond(incoming, response).catch(() => incoming.destroy());
  });

  async function respond(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(incoming, maxBodyBytes);
    const answer = await receive(toRequest(incoming, body));
    const length = Buffer.byteLength(answer.body);
    response.writeHead(answer.status, { ...answer.headers, 'content-length': length });
    response.end(answer.body);
  }
}

const toRequest = (incoming: IncomingMessage, body: Request['body']): Request => ({
  method: incoming.method ?? '',
  path: (incoming.url ?? '').split('?')[0] ?? '',
  headers: joined(incoming.headersDistinct),
  address: incoming.socket.remoteAddress,
  body,
  receivedAt: new Date(),
});

/** A header that came several times is joined with commas, as API Gateway does it. */
const joined = (headers: IncomingMessage['headersDistinct']): Request['headers'] =>
  Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, values?.join(',')]));
