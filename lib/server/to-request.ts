import type { IncomingMessage } from 'node:http';
import type { Request } from '../receive/http/http';
import { clientAddress } from './client-address';

/** @param trustedProxies how many proxies of ours are in front */
export const toRequest = (
  incoming: IncomingMessage,
  trustedProxies: number,
): Omit<Request, 'body'> => ({
  method: incoming.method ?? '',
  path: pathOf(incoming),
  headers: joined(incoming.headersDistinct),
  address: clientAddress(incoming, trustedProxies),
  receivedAt: new Date(),
});

/** What a body will have, in bytes, where that is said. */
export function expectedBytes({ headers }: IncomingMessage): number | undefined {
  if (headers['transfer-encoding'] !== undefined) return undefined;
  return Number(headers['content-length'] ?? 0);
}

/** What the head of a request takes in memory at the most, about, in bytes. */
export const headBytes = ({ rawHeaders }: IncomingMessage): number =>
  REQUEST_BYTES + rawHeaders.length * HEADER_BYTES;

const REQUEST_BYTES = 2_048;
/** A name or a value, in all forms that it is there in. */
const HEADER_BYTES = 64;

/**
 * Without the query. A request for a proxy names the whole URL, and every server has to take it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2
 */
export function pathOf({ url = '' }: IncomingMessage): string {
  const [target = ''] = url.split(/[?#]/);
  return target.replace(/^https?:\/\/[^/]*/i, '') || '/';
}

/** A header that came several times is joined with commas, as API Gateway does it. */
const joined = (headers: IncomingMessage['headersDistinct']): Request['headers'] =>
  Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, values?.join(',')]));
