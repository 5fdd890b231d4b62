import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { LabelrelayError } from '../errors';
import { createApi, notAllowed, type Route } from './api';
import { expectOwnPage } from './guard';
import { JsonText } from './json-text';
import type { InspectorPorts } from './ports';
import type { Ring } from './ring';
import { securityHeaders } from './security-headers';
import { Streams } from './streams';

export interface Inspector {
  /** Answers the requests of the page. @returns false for any other request, which it leaves alone */
  handle(incoming: IncomingMessage, response: ServerResponse): boolean;
  /** Ends the streams, which would keep the server open. */
  stop(): void;
}

const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/inspector/page.js': ['page.js', 'text/javascript; charset=utf-8'],
  '/inspector/page.css': ['page.css', 'text/css; charset=utf-8'],
};

const API = '/inspector/api/';
/** The requests that are worked on at once: those of the receiver come first. */
const MAX_AT_ONCE = 8;
/** The most of a body of the page, in bytes. */
const MAX_BODY = 65_536;

/** Beside the folder of each bundle. */
const PAGE = join(__dirname, '../inspector');

/**
 * The page and its API. It is for people on this machine: requests of pages of other sites are rejected.
 *
 * @param page the folder of the files of the page
 */
export function createInspector(ring: Ring, ports: InspectorPorts, page = PAGE): Inspector {
  const streams = new Streams(ring, randomUUID());
  const api = createApi(ring, ports);
  let running = 0;

  return {
    handle(incoming, response) {
      const { pathname, query } = targetOf(incoming);
      // Other methods of `/` are the receiver's, and unknown to it.
      const isOurs =
        pathname === '/' ? isRead(incoming.method) : pathname.startsWith('/inspector/');
      if (!isOurs) return false;
      answer(incoming, response, pathname, query).catch((error: unknown) => fail(response, error));
      return true;
    },
    stop: () => streams.stop(),
  };

  async function answer(
    incoming: IncomingMessage,
    response: ServerResponse,
    pathname: string,
    query: URLSearchParams,
  ): Promise<void> {
    expectOwnPage(incoming, pathname === '/');
    const { method = '' } = incoming;
    const file = FILES[pathname];
    if (file && !isRead(method)) throw notAllowed('GET, HEAD', method);
    if (file) {
      const [name, type] = file;
      const headers = securityHeaders(query.get('pictures') !== 'off');
      send(response, 200, type, readFileSync(join(page, name)), headers);
      return;
    }
    const path = pathname.startsWith(API) ? pathname.slice(API.length) : '';
    if (path === 'stream' && method === 'GET') streams.open(response);
    else await ask(incoming, response, api(method, path), query);
  }

  async function ask(
    incoming: IncomingMessage,
    response: ServerResponse,
    route: Route,
    query: URLSearchParams,
  ): Promise<void> {
    if (running >= MAX_AT_ONCE) throw new LabelrelayError('takes-long', 'expected fewer requests');
    running++;
    try {
      const body = isRead(incoming.method) ? '' : await readBody(incoming);
      const made = await route({ query, body });
      const text = made instanceof JsonText ? made.text : JSON.stringify(made);
      send(response, 200, 'application/json', Buffer.from(text));
    } finally {
      running--;
    }
  }
}

/** A target may be anything, such as `*`, and need not be a part of any URL. */
function targetOf({ url = '' }: IncomingMessage): { pathname: string; query: URLSearchParams } {
  const [target = ''] = url.replace(/^https?:\/\/[^/?#]*/i, '').split('#');
  const [pathname = '', ...query] = target.split('?');
  return { pathname: pathname || '/', query: new URLSearchParams(query.join('?')) };
}

const isRead = (method = ''): boolean => method === 'GET' || method === 'HEAD';

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: Uint8Array,
  headers = securityHeaders(false),
): void {
  response.writeHead(status, { ...headers, 'content-type': type, 'content-length': body.length });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

const STATUS: Partial<Record<LabelrelayError['code'], number>> = {
  refused: 403,
  'unknown-route': 404,
  'not-found': 404,
  'method-not-allowed': 405,
  'too-large': 413,
  usage: 400,
  'takes-long': 503,
};

/** The reader is the operator, who may know what failed. Messages of others' errors can quote anything. */
function fail(response: ServerResponse, error: unknown): void {
  const known = error instanceof LabelrelayError ? error : undefined;
  const status = (known && STATUS[known.code]) ?? 500;
  const title = known?.message ?? 'AWS could not be asked, or its answer was not understood';
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = Buffer.from(JSON.stringify({ type: 'about:blank', title, status }));
  const allow = known?.details.allow;
  send(response, status, 'application/problem+json', body, {
    ...securityHeaders(false),
    ...(allow && { allow }),
  });
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += (chunk as Buffer).length;
    if (size > MAX_BODY) {
      throw new LabelrelayError('too-large', `expected at most ${MAX_BODY} bytes, got more`);
    }
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString();
}
