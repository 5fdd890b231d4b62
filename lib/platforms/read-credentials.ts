import type { Headers } from './platform';
import { type Credential, type Proof, saltedDigest } from './proof';
import type { Scheme, SecretScheme, SignatureScheme, SignedPart } from './scheme';

/** A sender that replaces its secret signs with both. Each digest costs a pass over the body. */
const MAX_DIGESTS = 4;

const BYTES = { sha1: 20, sha256: 32 } as const;

/** The credentials in the headers: at least one for each header of the schemes. */
export const readCredentials = (schemes: readonly Scheme[], headers: Headers): Credential[] =>
  schemes.flatMap((scheme): Credential[] => {
    const value = headers[scheme.header];
    if (value === undefined) return [];
    const proofs =
      'shown' in scheme ? readSecret(scheme, value) : readDigests(scheme, value, headers);
    return proofs.length > 0 ? proofs : ['malformed'];
  });

/** A repeated signature header is joined with a comma, and is malformed unless commas separate its parts. */
function readDigests(scheme: SignatureScheme, value: string, headers: Headers): Proof[] {
  const { algorithm, separator, prefix = '', secret } = scheme;
  const parts = separator ? value.split(separator).map((part) => part.trim()) : [value];
  const found = parts.filter((part) => startsWith(part, prefix));
  const signed = readSigned(scheme.signedParts ?? [], parts, headers);
  if (signed === undefined || found.length > MAX_DIGESTS) return [];
  return found.flatMap((part): Proof[] => {
    const digest = toHex(part.slice(prefix.length), scheme);
    return digest
      ? [{ by: 'signature', algorithm, digest, before: signed || undefined, secret }]
      : [];
  });
}

const startsWith = (part: string, prefix: string): boolean =>
  part.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase();

function toHex(text: string, { algorithm, encoding }: SignatureScheme): string | undefined {
  const form = encoding === 'hex' ? /^[0-9a-f]+$/i : /^[A-Za-z0-9+/]+=*$/;
  if (!form.test(text)) return undefined;
  const digest =
    encoding === 'hex' ? text.toLowerCase() : Buffer.from(text, encoding).toString('hex');
  return digest.length === 2 * BYTES[algorithm] ? digest : undefined;
}

/**
 * @returns the text that is signed before the body; undefined if a part is missing, or contains a dot, with which it
 *   could shift into the next part
 */
function readSigned(
  signedParts: readonly SignedPart[],
  parts: readonly string[],
  headers: Headers,
): string | undefined {
  const texts = signedParts.map((part) => {
    if (typeof part === 'string') return part;
    const text =
      'header' in part
        ? headers[part.header]
        : parts.find((each) => each.startsWith(part.part))?.slice(part.part.length);
    return text !== undefined && /^[\w:+=/-]{1,200}$/.test(text) ? text : undefined;
  });
  return texts.includes(undefined) ? undefined : texts.join('');
}

function readSecret({ shown }: SecretScheme, value: string): Proof[] {
  for (const form of shown) {
    const secret = FORMS[form](value);
    if (secret) return [saltedDigest(secret)];
  }
  return [];
}

const FORMS = {
  bearer(value: string): Buffer | undefined {
    const token = /^Bearer +(\S.*)$/i.exec(value)?.[1];
    return token === undefined ? undefined : bytes(token);
  },

  /** @see https://www.rfc-editor.org/rfc/rfc7617 */
  basic(value: string): Buffer | undefined {
    const encoded = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(value)?.[1];
    if (!encoded) return undefined;
    const pair = Buffer.from(encoded, 'base64');
    const colon = pair.indexOf(':');
    return colon < 0 ? undefined : pair.subarray(colon + 1);
  },

  plain: (value: string): Buffer | undefined => bytes(value),
};

/** The characters of a header are its bytes, unless a gateway has decoded them as UTF-8. */
const bytes = (text: string): Buffer =>
  Buffer.from(text, /^[\0-\xff]*$/.test(text) ? 'latin1' : 'utf8');
