import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { json } from '../receive/http/answer';
import type { Answer, Receiver } from '../receive/http/http';
import { INFLOW_OPTIONS, Inflow } from './inflow';
import { type BodyOptions, createBodyReader } from './read-bodies';
import { pathOf } from './to-request';

export interface HttpServerOptions extends BodyOptions {
  /** Whether `GET /ready` says that new requests are welcome. */
  readonly isReady: () => boolean;
  /** Takes the requests that are not for the receiver. @returns false for those that are */
  readonly handleOther?: (incoming: IncomingMessage, response: ServerResponse) => boolean;
}

/** How long a sender may take for the headers, in milliseconds. */
const HEADERS_TIMEOUT_MS = 10_000;
const CHECK_MS = 5_000;
/** Longer than the 60 seconds of load balancers, which could otherwise write into a closed connection. */
const KEEP_ALIVE_MS = 75_000;
/** Each connection costs a few kilobytes and the part of its body that is in memory. */
const MAX_CONNECTIONS = 1_000;
/** How many requests of one connection may wait behind another. Platforms and balancers wait for each answer. */
const MAX_PIPELINED = 4;
const TOO_EAGER = `expected at most ${MAX_PIPELINED} requests behind one that is not answered, got more`;
/** How long the rest of a rejected body is read, so that its sender reads the answer. */
const DROP_MS = 10_000;

/** The receiver behind Node's own HTTP server. */
export function createHttpServer(receive: Receiver, options: HttpServerOptions): Server {
  const { isReady, handleOther } = options;
  const answerTo = createBodyReader(receive, options);
  const pipelined = new WeakMap<Socket, number>();

  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      // The time limit of a body depends on its size: see `PacedBody`.
      requestTimeout: 0,
      connectionsCheckingInterval: CHECK_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      ...INFLOW_OPTIONS,
      // As API Gateway does. By default Node.js drops all but the first of some.
      joinDuplicateHeaders: true,
    },
    (incoming, response) => {
      if (isTooEager(incoming, response)) return;
      if (handleOther?.(incoming, response)) return;
      respond(incoming, response).catch(() => incoming.destroy());
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  // By default Node.js silently drops headers beyond the 2,000th. Its limit of 16 KiB for all still holds.
  server.maxHeadersCount = 0;
  return server;

  /** Disconnects a sender of too many requests that wait: the number of connections would not limit their memory. */
  function isTooEager({ socket }: IncomingMessage, response: ServerResponse): boolean {
    // Node.js gives the answer its socket once the requests before it are answered.
    if (response.socket) return false;
    const count = (pipelined.get(socket) ?? 0) + 1;
    pipelined.set(socket, count);
    response.once('close', () => pipelined.set(socket, (pipelined.get(socket) ?? 0) - 1));
    if (count <= MAX_PIPELINED) return false;
    // Node.js still parses the bytes that have arrived.
    if (!socket.destroyed) options.telemetry.log('warn', 'sender disconnected', { why: TOO_EAGER });
    socket.destroy();
    return true;
  }

  async function respond(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = isReadiness(incoming) ? readiness(isReady()) : await answerTo(incoming);
    const length = Buffer.byteLength(answer.body);
    response.writeHead(answer.status, {
      ...answer.headers,
      'content-length': length,
      // Closes the connection if the server is stopping or the sender was too slow.
      ...(!(isReady() && answer.status !== 408) && { connection: 'close' }),
    });
    if (incoming.complete) {
      response.end(answer.body);
    } else {
      // The sender gets the whole answer now. Node.js closes many connections at the end of a response, even
      // while the sender still writes.
      response.flushHeaders();
      response.write(answer.body);
      drop(incoming, () => response.end());
    }
  }
}

const isReadiness = (incoming: IncomingMessage): boolean =>
  incoming.method === 'GET' && /^\/ready\/?$/.test(pathOf(incoming));

const readiness = (isReady: boolean): Answer =>
  json(isReady ? 200 : 503, { status: isReady ? 'ready' : 'stopping' });

/**
 * Reads and drops the rest (lingering close): a sender that is disconnected while it writes does not read the
 * answer.
 *
 * @param onEnd is called after the rest
 */
function drop(incoming: IncomingMessage, onEnd: () => void): void {
  const rest = new Inflow(incoming);
  const timer = setTimeout(() => incoming.destroy(), DROP_MS).unref();
  incoming.once('end', onEnd);
  incoming.once('close', () => {
    clearTimeout(timer);
    rest.stop();
  });
  incoming.on('error', () => {});
  rest.start();
}
