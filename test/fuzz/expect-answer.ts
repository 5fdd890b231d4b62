import { createHmac } from 'node:crypto';
import type { FuzzedDelivery } from './make-delivery';
import { routes } from './routes';
import type { FuzzedSource } from './sources';

export const MAX_BODY_BYTES = 65_536;

/** The statuses that a delivery may be answered with, by docs/http-api.md and not by our code. */
export function expectAnswer(delivery: FuzzedDelivery): readonly number[] {
  const { method, path, headers, body } = delivery;
  const plain = path.replace(/([^/])\/$/, '$1');
  const known = routes.filter((route) => route.path === plain);
  const { source, isDelivery } = known[0] ?? {};
  if (known.length === 0) return [404];
  if (known[0]?.method !== method) return [405];
  if (!source) return [200];
  if (body.length > MAX_BODY_BYTES) return [413];
  if (source.isDown) return [202, 401];
  if (!isAuthentic(delivery, source)) return [401];
  if (!isDelivery) return [200];

  const isLabelbox = source.platform === 'labelbox';
  const type = headers.get('content-type') ?? 'application/json';
  if (isLabelbox && !/^application\/json(; ?charset=utf-8)?$/i.test(type)) return [202, 400, 415];
  if (isJsonObject(body)) return [202];
  // It may still be a list of them, or lines.
  return isLabelbox ? [202, 400] : [400];
}

/** Whether the bytes and headers, as they are in the end, show the secret. */
export function isAuthentic({ headers, body }: FuzzedDelivery, source: FuzzedSource): boolean {
  const { secret, platform } = source;
  if (secret === '') return false;
  if (platform === 'labelbox') {
    return Object.entries({ sha1: 'x-hub-signature', sha256: 'x-hub-signature-256' }).some(
      ([algorithm, name]) =>
        headers.get(name)?.toLowerCase() ===
        `${algorithm}=${createHmac(algorithm, secret).update(body).digest('hex')}`,
    );
  }
  const [, scheme = '', shown = ''] =
    /^(\w+) +(.*)$/s.exec(headers.get('authorization') ?? '') ?? [];
  const isBase64 = /^[a-z0-9+/]+=*$/i.test(shown);
  const pair = isBase64 ? Buffer.from(shown, 'base64').toString('latin1') : '';
  return (
    headers.get('x-webhook-secret') === secret ||
    (/^bearer$/i.test(scheme) && shown === secret) ||
    (/^basic$/i.test(scheme) && pair.includes(':') && pair.replace(/^[^:]*:/, '') === secret)
  );
}

function isJsonObject(body: Buffer): boolean {
  try {
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
