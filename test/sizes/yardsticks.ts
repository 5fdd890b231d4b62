import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tokenizer } from '@streamparser/json';
import { type LargeBody, sameBytes } from '../support/large-bodies';

/** The speed of `openssl dgst -sha1` on a file in memory, in MB a second: the best of three. */
export async function measureDigest(bytes: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'sizes-'));
  const file = join(folder, 'body');
  writeFileSync(file, Buffer.concat([...sameBytes(bytes).chunks()]));
  let best = 0;
  for (let run = 0; run < 3; run++) {
    const began = performance.now();
    execFileSync('openssl', ['dgst', '-sha1', file]);
    best = Math.max(best, bytes / 1_000 / (performance.now() - began));
  }
  rmSync(folder, { recursive: true });
  return best;
}

/** The speed of a streaming tokenizer that drops its tokens, in MB a second. */
export function measureTokenizer(body: LargeBody): number {
  const chunks = [...body.chunks()];
  const tokenizer = new Tokenizer();
  tokenizer.onToken = () => {};
  const began = performance.now();
  for (const chunk of chunks) tokenizer.write(chunk);
  return body.bytes / 1_000 / (performance.now() - began);
}
