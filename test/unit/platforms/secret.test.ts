import { expect, test } from '@jest/globals';
import { beginHash } from '../../../lib/events/body-hash';
import { type Proof, saltedDigest } from '../../../lib/platforms/proof';
import { oddityOf, Secret } from '../../../lib/platforms/secret';

const secret = new Secret('Jefe');
const body = ['what do ya ', 'want for ', 'nothing?'];

/** The digest of a body in pieces. */
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

// The bytes of a header, by the tables of Unicode: ü is C3 BC in UTF-8 and FC in Latin-1.
test.each([
  ['ü in UTF-8', 'pass-ü', [0xc3, 0xbc], true],
  ['ü in Latin-1', 'pass-ü', [0xfc], true],
  ['ü in UTF-8 twice', 'pass-ü', [0xc3, 0x83, 0xc2, 0xbc], false],
  ['u', 'pass-ü', [0x75], false],
  ['€ in UTF-8', 'pass-€', [0xe2, 0x82, 0xac], true],
  // The last byte of U+20AC: what cutting it to Latin-1 would leave.
  ['€ cut to a byte', 'pass-€', [0xac], false],
])('a secret outside ASCII is verified by its bytes: %s', (_, text, end, isRight) => {
  const shown = saltedDigest(Buffer.concat([Buffer.from('pass-'), Buffer.from(end)]));
  const secret = new Secret(text);
  expect(secret.verifies(shown, '')).toBe(isRight);
  expect(secret.verifiesDigest(shown, undefined)).toBe(isRight);
});

test.each(['', ' ', '\n', ' \t\r\n'])('%j is no secret', (text) => {
  expect([new Secret(text).isEmpty, new Secret(text).isValid(0)]).toEqual([true, false]);
});

test('a secret that was stored by mistake with more than it is told', () => {
  const told = (text: string) => [oddityOf(text), new Secret(text).oddity];
  for (const text of ['a secret\n', ' a secret', 'a secret\t', '\u00a0a secret']) {
    expect(told(text)).toEqual(Array(2).fill('white space at its ends'));
  }
  for (const text of ['{"secret":"hunter2"}', '{"a":"1","b":"2"}', '{}']) {
    expect(told(text)).toEqual(
      Array(2).fill('the JSON around it that the Secrets Manager console writes'),
    );
  }
  for (const text of ['a secret', '12345', '"quoted"', '{not JSON}', 'pass-ü', 'true']) {
    expect(told(text)).toEqual([undefined, undefined]);
  }
});
