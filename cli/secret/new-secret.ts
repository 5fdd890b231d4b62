import { randomBytes } from 'node:crypto';
import { LabelrelayError } from '../../lib/errors';
import { conceal } from '../terminal/conceal';

const LEAST = 16;

/** 240 random bits as 40 characters that are valid in any header. */
export const generateSecret = (): string => conceal(randomBytes(30).toString('base64url'));

/** Reads a secret from standard input, without the newline. @throws LabelrelayError `usage` */
export async function readSecretInput(): Promise<string> {
  if (process.stdin.isTTY) {
    const message =
      'expected the secret on standard input, or --generate: other users can see arguments';
    throw new LabelrelayError('usage', message);
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const secret = Buffer.concat(chunks)
    .toString()
    .replace(/\r?\n$/, '');
  if (/^[\x21-\x7e]+$/.test(secret) && secret.length >= LEAST) return secret;
  const message = `expected a secret of at least ${LEAST} printable ASCII characters without spaces, got something else`;
  throw new LabelrelayError('usage', message);
}
