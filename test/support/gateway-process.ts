import { randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { runBundle } from './run-bundle';

// Runs an API Gateway HTTP API in front of the packaged receive function, and invokes the packaged redeliver
// function, in a process of its own.
const DIST = join(__dirname, '../../dist');
const start = () => ({
  receive: runBundle(join(DIST, 'receive/index.js')).handler,
  redeliver: runBundle(join(DIST, 'redeliver/index.js')).handler,
});
let functions = start();

/** The content types whose bodies the gateway passes on as text; all others are base64. */
const TEXT = /^(text\/|application\/(json|javascript|xml)\s*(;|$))/i;

const server = createServer(async (incoming, response) => {
  const body = await buffer(incoming).catch(() => undefined);
  // A gateway does not call the function for an incomplete request.
  if (!body) return;
  const isText = TEXT.test(incoming.headers['content-type'] ?? '');
  const [rawPath, rawQueryString = ''] = (incoming.url ?? '').split('?');
  const result = await functions.receive({
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    headers: {
      'x-amzn-trace-id': `Root=1-5759e988-${randomBytes(12).toString('hex')}`,
      ...joined(incoming.headersDistinct as IncomingHttpHeaders),
    },
    requestContext: {
      http: {
        method: incoming.method,
        path: rawPath,
        sourceIp: incoming.socket.remoteAddress,
      },
      timeEpoch: Date.now(),
    },
    body: body.length === 0 ? undefined : body.toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: !isText,
  });
  response.writeHead(result.statusCode, result.headers);
  response.end(result.body);
});

const joined = (headers: IncomingHttpHeaders) =>
  Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, String(values)]));

server.listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
/** Calls the redelivery function, or restarts both functions without their caches. */
process.on('message', async ({ id, event }: { id: number; event: object | 'cold-start' }) => {
  if (event === 'cold-start') {
    functions = start();
    process.send?.({ id });
    return;
  }
  const error = await functions.redeliver(event).then(
    () => undefined,
    (failure: Error) => failure.message,
  );
  process.send?.({ id, error });
});
process.on('disconnect', () => process.exit());
