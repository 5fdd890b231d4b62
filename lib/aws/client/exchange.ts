import { type ClientRequest, Agent as PlainAgent, request as plain } from 'node:http';
import { request as secure, Agent as TlsAgent } from 'node:https';
import { isIP, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Content, lengthOf, partsOf } from '../../receive/stored/content';

/** The time limit for a connection, in milliseconds, */
const CONNECT_MS = 1_000;
/** for the silence while an answer is due, */
const SILENCE_MS = 2_000;
/** and for a whole call, if its client has no other. */
export const CALL_MS = 5_000;
/** The limits are looked at so often. */
const TICK_MS = 500;

/** The number of connections, as in the SDK's own handler. */
const CONNECTIONS = { keepAlive: true, maxSockets: 50 };

export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface HttpRequest {
  readonly method: 'POST' | 'PUT';
  /** Encoded, as it is sent. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A text is sent in one piece with the headers. */
  readonly body: Content;
}

export interface Exchange {
  /** @throws an Error with the name or code by which the SDK recognizes errors to retry, or the reason of the signal */
  exchange(request: HttpRequest, signal?: AbortSignal): Promise<HttpAnswer>;
  /** Opens a connection for the next request that needs one. */
  connect(): void;
}

/**
 * Sends requests to an endpoint, and reads each answer whole, over kept connections.
 *
 * @param callMs the time limit for a whole call, in milliseconds
 */
export function createExchange(endpoint: URL, callMs = CALL_MS): Exchange {
  const isPlain = endpoint.protocol === 'http:';
  const agent: PlainAgent = isPlain ? new PlainAgent(CONNECTIONS) : new TlsAgent(CONNECTIONS);
  const request = isPlain ? plain : secure;
  // A URL has brackets around an IPv6 address.
  const host = endpoint.hostname.replace(/^\[|\]$/g, '');
  const port = endpoint.port ? Number(endpoint.port) : isPlain ? 80 : 443;
  const to = { host, port };
  const early = earlyConnections(agent);
  return {
    connect() {
      // A request finds it out itself. TLS has no name for an address.
      const options = { ...to, servername: isIP(host) ? '' : host };
      early(options);
    },
    async exchange({ body, headers, ...head }, signal) {
      signal?.throwIfAborted();
      const all = { ...headers, 'content-length': String(lengthOf(body)) };
      return finish(request({ ...to, ...head, headers: all, agent }), body, { callMs, signal });
    },
  };
}

/** @returns a function that opens a connection before the agent needs one */
function earlyConnections(agent: PlainAgent) {
  const create = agent.createConnection.bind(agent);
  let early: Duplex | null | undefined;
  agent.createConnection = (...args) => {
    const socket = early;
    early = undefined;
    if (!(socket instanceof Socket) || socket.destroyed) return create(...args);
    return socket.ref();
  };
  return (options: Parameters<typeof create>[0]): void => {
    early = create(options);
    // The request that takes it gets its error, and it alone does not keep the process running.
    early?.on('error', () => {});
    if (early instanceof Socket) early.unref();
  };
}

interface Limits {
  readonly callMs: number;
  readonly signal?: AbortSignal;
}

function finish(
  request: ClientRequest,
  body: HttpRequest['body'],
  { callMs, signal }: Limits,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const give = (error: Error): void => {
      reject(error);
      request.destroy();
    };
    let isAnswered = false;
    const timer = watch(request, callMs, give);
    const abort = signal && (() => give(signal.reason));
    if (abort) signal.addEventListener('abort', abort);
    request.once('close', () => {
      clearInterval(timer);
      if (abort) signal.removeEventListener('abort', abort);
      // An answer such as 101 Switching Protocols is neither a response nor an error.
      if (!isAnswered) reject(timedOut('the connection ended before a whole answer'));
    });
    request.once('error', reject);
    request.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.once('error', reject);
      response.once('end', () => {
        isAnswered = true;
        resolve({
          statusCode: response.statusCode ?? 0,
          headers: response.headers as Record<string, string>,
          body: text,
        });
      });
    });
    write(request, partsOf(body));
  });
}

/** Writes a body part by part. Not more than a few of them wait in memory until they are sent. */
function write(request: ClientRequest, parts: readonly (Uint8Array | string)[]): void {
  const [only = ''] = parts;
  if (parts.length <= 1) return void request.end(only);
  const left = parts.values();
  const writeOn = (): void => {
    for (const part of left) if (!request.write(part)) return void request.once('drain', writeOn);
    request.end();
  };
  writeOn();
}

/** Ends a call that makes no progress. One timer looks at all of its time limits. */
function watch(
  request: ClientRequest,
  callMs: number,
  give: (error: Error) => void,
): NodeJS.Timeout {
  let [elapsed, silence, read] = [0, 0, -1];
  const look = (): void => {
    const { socket } = request;
    elapsed += TICK_MS;
    const isSilent = request.writableFinished && socket?.bytesRead === read;
    silence = isSilent ? silence + TICK_MS : 0;
    read = socket?.bytesRead ?? -1;
    if (elapsed >= callMs) give(timedOut(`no whole answer within ${callMs} ms`));
    else if (silence >= SILENCE_MS) give(timedOut(`nothing came for ${SILENCE_MS} ms`));
    else if (elapsed >= CONNECT_MS && socket?.connecting !== false)
      give(timedOut(`no connection within ${CONNECT_MS} ms`));
  };
  return setInterval(look, TICK_MS);
}

/** The SDK retries every error of this name. */
const timedOut = (message: string): Error =>
  Object.assign(new Error(message), { name: 'TimeoutError' });
