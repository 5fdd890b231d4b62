import type { IncomingMessage } from 'node:http';
import type { Request } from '../receive/http/http';
import { clientAddress } from './client-address';

/** @param trustedProxies the number of our own proxies in front of the server */
export const toRequest = (
  incoming: IncomingMessage,
  trustedProxies: number,
): Omit<Request, 'body'> => ({
  method: incoming.method ?? '',
  path: pathOf(incoming),
  // Only `set-cookie` is a list, and no sender is asked for one.
  headers: incoming.headers as Request['headers'],
  address: clientAddress(incoming, trustedProxies),
  receivedAt: new Date(),
});

/** The size of the body by its `content-length`, if there is one. */
export function expectedBytes({ headers }: IncomingMessage): number | undefined {
  if (headers['transfer-encoding'] !== undefined) return undefined;
  return Number(headers['content-length'] ?? 0);
}

/** Roughly the most memory that the head of a request takes, in bytes. */
export const headBytes = ({ rawHeaders }: IncomingMessage): number =>
  REQUEST_BYTES + rawHeaders.length * HEADER_BYTES;

const REQUEST_BYTES = 2_048;
/** The overhead of a name or a value, in all the forms that Node.js keeps. */
const HEADER_BYTES = 64;

/**
 * The path without the query. A request in absolute form names the whole URL, and every server must accept it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2
 */
export function pathOf({ url = '' }: IncomingMessage): string {
  const [target = ''] = url.split(/[?#]/);
  return target.replace(/^https?:\/\/[^/]*/i, '') || '/';
}
