import { randomBytes } from 'node:crypto';
import { LabelrelayError } from '../../lib/errors';
import { conceal } from '../terminal/conceal';

const LEAST = 16;

/** 40 characters that stand in any header as they are: 240 bits. */
export const generateSecret = (): string => conceal(randomBytes(30).toString('base64url'));

/** A secret on standard input, without the end of its line. @throws LabelrelayError `usage` */
export async function readSecretInput(): Promise<string> {
  if (process.stdin.isTTY) {
    const message =
      'expected the secret on standard input, or --generate: never as an argument, which others can see';
    throw new LabelrelayError('usage', message);
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const secret = Buffer.concat(chunks)
    .toString()
    .replace(/\r?\n$/, '');
  if (/^[\x21-\x7e]+$/.test(secret) && secret.length >= LEAST) return secret;
  const message = `expected a secret of at least ${LEAST} printable ASCII characters without spaces, got another`;
  throw new LabelrelayError('usage', message);
}
