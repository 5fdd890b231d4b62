import { createHash, createHmac } from 'node:crypto';

const {
  AWS_ACCESS_KEY_ID: id = '',
  AWS_SECRET_ACCESS_KEY: key = '',
  AWS_SESSION_TOKEN: token = '',
  AWS_REGION: region = '',
} = process.env;

const hmac = (secret: string | Buffer, text: string): Buffer =>
  createHmac('sha256', secret).update(text).digest();
const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

/** The signing keys, each of which is valid for a day. */
const signingKeys = new Map<string, Buffer>();
function signingKey(day: string, service: string): Buffer {
  const known = signingKeys.get(day + service);
  if (known) return known;
  const parts = [day, region, service, 'aws4_request'];
  const derived = parts.reduce<string | Buffer>(hmac, `AWS4${key}`) as Buffer;
  signingKeys.set(day + service, derived);
  return derived;
}

export interface Unsigned {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly service: 'sqs' | 's3';
  /** The headers by lower-case name. Their names must sort between `host` and `x-amz-`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * Signs a request by hand, with the fewest headers that AWS accepts.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signRequest(request: Unsigned): Record<string, string> {
  const { method, host, path, service, headers, body } = request;
  const time = new Date().toISOString().replace(/-|:|\.\d+/g, '');
  const day = time.slice(0, 8);
  const digest = sha256(body);
  const signed: Record<string, string> = {
    host,
    'x-amz-content-sha256': digest,
    'x-amz-date': time,
    'x-amz-security-token': token,
    ...headers,
  };
  const names = Object.keys(signed).sort();
  const lines = names.map((name) => `${name}:${signed[name]}\n`).join('');
  const canonical = `${method}\n${path}\n\n${lines}\n${names.join(';')}\n${digest}`;
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(canonical)}`;
  const signature = hmac(signingKey(day, service), text).toString('hex');
  signed.authorization = `AWS4-HMAC-SHA256 Credential=${id}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return signed;
}
