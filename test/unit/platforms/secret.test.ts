import { expect, test } from '@jest/globals';
import { beginHash } from '../../../lib/events/body-hash';
import { type Proof, saltedDigest } from '../../../lib/platforms/proof';
import { Secret } from '../../../lib/platforms/secret';

const secret = new Secret('Jefe');
const body = ['what do ya ', 'want for ', 'nothing?'];

/** What comes of a body in pieces. */
function digestOf(proof: Proof): string | undefined {
  const hash = secret.bodyHash(proof);
  if (!hash) return undefined;
  const running = beginHash(hash);
  for (const piece of body) running.update(piece);
  return running.digest('hex');
}

// RFC 2202 and RFC 4231, test case 2 of each.
test.each([
  ['sha1', 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79'],
  ['sha256', '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'],
] as const)('a body in pieces is verified as one in memory: %s', (algorithm, digest) => {
  const proof = { by: 'signature', algorithm, digest } as const;
  const other = { ...proof, digest: digest.replace(/^./, '0') };
  expect(secret.verifies(proof, Buffer.from(body.join('')))).toBe(true);
  expect(secret.verifiesDigest(proof, digestOf(proof))).toBe(true);
  expect(secret.verifiesDigest(other, digestOf(other))).toBe(false);
});

test('a shown secret is verified without the body', () => {
  const [right, wrong] = ['Jefe', 'jefe'].map((text) => saltedDigest(Buffer.from(text)));
  expect(right && secret.verifiesDigest(right, digestOf(right))).toBe(true);
  expect(wrong && secret.verifiesDigest(wrong, digestOf(wrong))).toBe(false);
});

test('no digest proves nothing', () => {
  const nothing = { by: 'signature', algorithm: 'sha1', digest: '' } as const;
  expect(secret.verifiesDigest(nothing, undefined)).toBe(false);
  expect(secret.verifiesDigest(nothing, digestOf(nothing))).toBe(false);
});
