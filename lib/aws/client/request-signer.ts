// Without @smithy/signature-v4. For a message of 3 KB on Node.js 20 its signer took 52 to 57 us of CPU time, and this one 21
// to 25. A delivery of 0.5 KB is then still within its must of four times the floor.

import { createHash, createHmac } from 'node:crypto';

/** Credentials as the SDK's providers give them. */
interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

interface Unsigned {
  /** All headers are signed. Names are in lower case. Values have one line, without spaces at the ends. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

const sha256 = (data: string | Uint8Array): string =>
  createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Uint8Array, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

/**
 * Signs requests of the JSON protocols of AWS: a POST to `/` without a query.
 *
 * @param credentials is called for every request, since credentials expire
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function requestSigner(
  credentials: () => Promise<Credentials>,
  region: string,
  service: string,
) {
  /** The signing key of a day and a secret. */
  let known: { secret: string; day: string; key: Buffer } | undefined;
  const signingKey = (secret: string, day: string): Buffer => {
    if (known?.secret !== secret || known.day !== day) {
      const parts = [region, service, 'aws4_request'];
      known = { secret, day, key: parts.reduce(hmac, hmac(`AWS4${secret}`, day)) };
    }
    return known.key;
  };

  return {
    async sign<R extends Unsigned>(
      request: R,
      { signingDate = new Date() }: { readonly signingDate?: string | number | Date } = {},
    ): Promise<R> {
      const { accessKeyId, secretAccessKey, sessionToken } = await credentials();
      const time = new Date(signingDate).toISOString().replace(/[-:]|\.\d+/g, '');
      const day = time.slice(0, 8);
      const digest = sha256(request.body ?? '');
      const headers: Record<string, string> = {
        ...request.headers,
        'x-amz-content-sha256': digest,
        'x-amz-date': time,
        ...(sessionToken && { 'x-amz-security-token': sessionToken }),
      };
      const names = Object.keys(headers).sort();
      const lines = names.map((name) => `${name}:${headers[name]}\n`).join('');
      const signed = names.join(';');
      const canonical = `POST\n/\n\n${lines}\n${signed}\n${digest}`;
      const scope = `${day}/${region}/${service}/aws4_request`;
      const text = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`;
      const signature = hmac(signingKey(secretAccessKey, day), text).toString('hex');
      headers.authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`;
      return { ...request, headers };
    },
  };
}
