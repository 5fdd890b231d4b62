import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

// An API Gateway HTTP API in front of the packaged bundle, in a process of its own.
const { handler } = require(join(__dirname, '../../dist/receive/index.js'));

/** The types whose bodies the gateway hands over as text; everything else is base64. */
const TEXT = /^(text\/|application\/(json|javascript|xml)\s*(;|$))/i;

const server = createServer(async (incoming, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const isText = TEXT.test(incoming.headers['content-type'] ?? '');
  const [rawPath, rawQueryString = ''] = (incoming.url ?? '').split('?');
  const result = await handler({
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    headers: joined(incoming.headersDistinct as IncomingHttpHeaders),
    requestContext: { http: { method: incoming.method, path: rawPath }, timeEpoch: Date.now() },
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
process.on('disconnect', () => process.exit());
