import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { SECRET } from './faces';

export interface Sent {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: each test states the members that it expects
  readonly json: any;
}

export interface Options {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: NodeJS.Dict<string | string[]>;
  readonly body?: string | Uint8Array;
}

/** Sends an HTTP request with exactly these headers and bytes. */
export function send(
  url: string,
  { method = 'POST', path = '/', headers, body }: Options,
): Promise<Sent> {
  const bytes = Buffer.from(body ?? '');
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      { path, method, headers: { 'content-length': String(bytes.length), ...headers } },
      async (response) => {
        let text = '';
        for await (const chunk of response) text += chunk;
        const { statusCode: status = 0, headers: received } = response;
        const isJson = /json/.test(received['content-type'] ?? '');
        resolve({ status, headers: received, text, json: isJson ? JSON.parse(text) : undefined });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(bytes);
  });
}

/** The same, but the sender disconnects after some bytes of the body, before it reads an answer. */
export function hangUp(
  url: string,
  { method = 'POST', path = '/', headers, body }: Options,
  after?: number,
): Promise<void> {
  const bytes = Buffer.from(body ?? '');
  return new Promise((resolve) => {
    const outgoing = request(url, {
      path,
      method,
      headers: { 'content-length': String(bytes.length), ...headers },
    });
    // The missing answer is intended.
    outgoing.on('error', () => {});
    outgoing.on('close', resolve);
    outgoing.write(bytes.subarray(0, after), () => outgoing.destroy());
  });
}

export const sign = (body: string | Uint8Array, secret = SECRET, algorithm = 'sha1'): string =>
  `${algorithm}=${createHmac(algorithm, secret).update(body).digest('hex')}`;

/** Sends a delivery as Labelbox does, signed with the secret of the default source. */
export function deliver(
  url: string,
  body: string | Uint8Array | object,
  headers: Options['headers'] = {},
  path = '/webhooks/labelbox',
): Promise<Sent> {
  const bytes =
    typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  return send(url, {
    path,
    body: bytes,
    headers: {
      'content-type': 'application/json',
      'x-hub-signature': sign(bytes),
      ...headers,
    },
  });
}
