import type { Platform } from '../platforms/platform';
import type { Scheme, SignatureScheme } from '../platforms/scheme';
import type { ShownHeader } from './delivery';

/** The variable that the command takes the secret from. */
const SECRET = '$LABELRELAY_SECRET';

interface Parts {
  readonly url: string;
  readonly headers: readonly ShownHeader[];
  readonly body: string;
  /** How the body differs from the one that was sent. */
  readonly note?: string;
  readonly platform?: Platform;
}

/**
 * Writes a delivery as a command for a POSIX shell. It signs the body with the secret of an environment variable, so that
 * the text itself has no secret.
 */
export function toCurl({ url, headers, body, note, platform }: Parts): string {
  const names = new Set(['content-type', ...(platform?.headers ?? [])]);
  const sent = headers.filter(({ name, isMasked }) => !isMasked && names.has(name));
  const credentials = platform?.schemes[0] && credentialsOf(platform.schemes[0]);
  return [
    '# LABELRELAY_SECRET is the secret of the source',
    ...(note ? [`# ${note}`] : []),
    `body=${quote(body)}`,
    'printf %s "$body" |',
    `curl -sS ${quote(url)} --data-binary @- \\`,
    ...sent.map(({ name, value }) => `  -H ${quote(`${name}: ${value}`)} \\`),
    `  -H ${credentials ?? '"authorization: ..."'}`,
  ].join('\n');
}

function credentialsOf(scheme: Scheme): string | undefined {
  const { header } = scheme;
  if ('shown' in scheme) {
    const [form] = scheme.shown;
    if (form === 'basic') return `"${header}: Basic $(printf ':%s' "${SECRET}" | base64 -w0)"`;
    return `"${header}: ${form === 'bearer' ? 'Bearer ' : ''}${SECRET}"`;
  }
  return signatureOf(scheme);
}

/** A signature over more than the body needs a tool: see `labelrelay send`. */
function signatureOf(scheme: SignatureScheme): string | undefined {
  const { header, algorithm, encoding, prefix = '', signedParts, secret = 'key' } = scheme;
  if (signedParts?.length || secret !== 'key') return undefined;
  const digest = `printf %s "$body" | openssl dgst -${algorithm} -hmac "${SECRET}"`;
  const text =
    encoding === 'hex' ? `${digest} -r | cut -d' ' -f1` : `${digest} -binary | base64 -w0`;
  return `"${header}: ${prefix}$(${text})"`;
}

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
