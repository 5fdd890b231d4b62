import type { IncomingMessage } from 'node:http';
import type { Request } from '../receive/http';
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

/** Without the query. */
export const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?')[0] ?? '';

/** A header that came several times is joined with commas, as API Gateway does it. */
const joined = (headers: IncomingMessage['headersDistinct']): Request['headers'] =>
  Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, values?.join(',')]));
