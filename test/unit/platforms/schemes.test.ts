import { describe, expect, test } from '@jest/globals';
import { beginHash } from '../../../lib/events/body-hash';
import type { Headers } from '../../../lib/platforms/platform';
import { isProof } from '../../../lib/platforms/proof';
import { readCredentials } from '../../../lib/platforms/read-credentials';
import { type Scheme, type SignatureScheme, standardWebhooks } from '../../../lib/platforms/scheme';
import { Secret } from '../../../lib/platforms/secret';
import { digestThread } from '../../../lib/receive/verify/digest-thread';
import { signWith } from '../../../lib/testing/sign-with';

interface Golden {
  readonly scheme: Scheme;
  readonly secret: string;
  readonly body: string;
  readonly headers: Headers;
  readonly id?: string;
  readonly at?: Date;
}

const hex = { algorithm: 'sha256', encoding: 'hex' } as const;
const fields: SignatureScheme = {
  ...hex,
  header: 'v7-signature',
  prefix: 'v1=',
  separator: ',',
  signedParts: [{ holds: 'seconds', part: 't=' }, '.'],
};

/** Each family of signatures, with values that others published. */
const golden: Record<string, Golden> = {
  // https://docs.datasaur.ai/integrations/webhook-notifications/webhook-signature
  'bare HMAC-SHA256': {
    scheme: { ...hex, header: 'x-datasaur-signature' },
    secret: 'secret',
    body: '{"body":"sample"}',
    headers: {
      'x-datasaur-signature': '0278b1a603de4c561ac0feb960354d0d00e8846b74813d81bddb43ad45bff767',
    },
  },
  // https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
  'HMAC-SHA256 with a prefix': {
    scheme: { ...hex, header: 'x-hub-signature-256', prefix: 'sha256=' },
    secret: "It's a Secret to Everybody",
    body: 'Hello, World!',
    headers: {
      'x-hub-signature-256':
        'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    },
  },
  // RFC 2202, test case 2
  'HMAC-SHA1 with a prefix': {
    scheme: { header: 'x-hub-signature', algorithm: 'sha1', encoding: 'hex', prefix: 'sha1=' },
    secret: 'Jefe',
    body: 'what do ya want for nothing?',
    headers: { 'x-hub-signature': 'sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79' },
  },
  'bare HMAC-SHA1': {
    scheme: { header: 'x-hub-signature', algorithm: 'sha1', encoding: 'hex' },
    secret: 'Jefe',
    body: 'what do ya want for nothing?',
    headers: { 'x-hub-signature': 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79' },
  },
  // The example of the Standard Webhooks libraries
  'Standard Webhooks': {
    scheme: standardWebhooks,
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    body: '{"test": 2432232314}',
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    at: new Date(1_614_265_330_000),
    headers: {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    },
  },
  // FIPS 180: SHA-1 of "abc", of which the secret is "a"
  'SHA-1 of the secret and the body': {
    scheme: {
      header: 'x-aero-signature',
      algorithm: 'sha1',
      encoding: 'hex',
      secret: 'prepended',
    },
    secret: 'a',
    body: 'bc',
    headers: { 'x-aero-signature': 'a9993e364706816aba3e25717850c26c9cd0d89d' },
  },
  // RFC 4231, test case 2, whose data begins with a part of the header
  'a part of the header, text and body': {
    scheme: {
      ...hex,
      header: 'x-signature',
      prefix: 'v1=',
      separator: ',',
      signedParts: [{ holds: 'id', part: 'id=' }, ' do ya '],
    },
    secret: 'Jefe',
    body: 'want for nothing?',
    id: 'what',
    headers: {
      'x-signature': 'id=what,v1=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    },
  },
  // RFC 7617: the password is the secret
  'a bearer token': {
    scheme: { header: 'authorization', shown: ['bearer', 'basic'] },
    secret: 'open sesame',
    body: '',
    headers: { authorization: 'Bearer open sesame' },
  },
  'a header of its own': {
    scheme: { header: 'scale-callback-auth', shown: ['plain'] },
    secret: 'pass-ü',
    body: '',
    headers: { 'scale-callback-auth': 'pass-Ã¼' },
  },
};

const read = (scheme: Scheme, headers: Headers) => readCredentials([scheme], headers);

/** Whether a secret verifies what the headers show: of a whole body, and of one in two pieces. */
async function judge(scheme: Scheme, headers: Headers, secret: string, body: string) {
  const known = new Secret(secret);
  const proofs = read(scheme, headers).filter(isProof);
  const inPieces = proofs.map(async (proof) => {
    const hash = known.bodyHash(proof);
    if (!hash) return known.verifiesDigest(proof, undefined);
    const running = beginHash(hash).update(body.slice(0, 1)).update(body.slice(1));
    const thread = digestThread()([hash]);
    await thread.take(new TextEncoder().encode(body));
    const [elsewhere] = await thread.conclude();
    const digest = running.digest('hex');
    expect(elsewhere).toBe(digest);
    return known.verifiesDigest(proof, digest);
  });
  const whole = proofs.map((proof) => known.verifies(proof, body));
  expect(await Promise.all(inPieces)).toEqual(whole);
  return whole.some(Boolean);
}

describe.each(Object.entries(golden))('%s', (_, { scheme, secret, body, headers, id, at }) => {
  test('is made as its platform makes it', () => {
    expect(signWith(scheme, secret, body, { id, at })).toEqual(headers);
  });

  test('is verified, and nothing near it', async () => {
    expect(await judge(scheme, headers, secret, body)).toBe(true);
    expect(await judge(scheme, headers, `${secret}xx`, body)).toBe(false);
    if (!('shown' in scheme)) expect(await judge(scheme, headers, secret, `${body} `)).toBe(false);
    for (const [name, value = ''] of Object.entries(headers)) {
      const last = value.at(-1) === '0' ? '1' : '0';
      const changed = { ...headers, [name]: value.replace(/.(=?)$/, `${last}$1`) };
      expect([name, await judge(scheme, changed, secret, body)]).toEqual([name, false]);
      const { [name]: gone, ...rest } = headers;
      expect([name, await judge(scheme, rest, secret, body)]).toEqual([name, false]);
    }
  });
});

test('HTTP Basic shows the secret as its password, also one with a colon', async () => {
  const scheme: Scheme = { header: 'authorization', shown: ['basic'] };
  // RFC 7617, section 2: Aladdin, "open sesame"
  const headers = { authorization: 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==' };
  expect(await judge(scheme, headers, 'open sesame', '')).toBe(true);
  expect(await judge(scheme, signWith(scheme, 'a:b', ''), 'a:b', '')).toBe(true);
});

test('a sender that replaces its secret signs with two, and either verifies', async () => {
  const { headers, secret, body } = golden['Standard Webhooks'] as Golden;
  const other = `v1,${Buffer.alloc(32).toString('base64')}`;
  const both = (signature: string) => ({ ...headers, 'webhook-signature': signature });
  const right = headers['webhook-signature'];
  for (const value of [`${right} ${other}`, `${other} ${right}`, `v2,abc ${right}`]) {
    expect([value, await judge(standardWebhooks, both(value), secret, body)]).toEqual([
      value,
      true,
    ]);
  }
  // Each digest is a pass over the body: a stranger asks for few.
  const many = [...Array(4).fill(other), right].join(' ');
  expect(read(standardWebhooks, both(many))).toEqual(['malformed']);
});

test('signed prefixes cannot be shifted into the body', async () => {
  // "1." + `1.{"a":1` + `.5}`: the same bytes under another time would be another body.
  const headers = signWith(fields, 'secret', '1.{"a":1.5}', { at: new Date(1_000) });
  expect(await judge(fields, headers, 'secret', '1.{"a":1.5}')).toBe(true);
  const shifted = { 'v7-signature': headers['v7-signature']?.replace('t=1,', 't=1.1,') };
  expect(read(fields, shifted)).toEqual(['malformed']);
});

const NEAR = [
  ...['', 'sha256=', `sha256=${'0'.repeat(63)}`, `sha256=${'0'.repeat(65)}`, '0'.repeat(64)],
  ...[`sha256=${'g'.repeat(64)}`, `sha1=${'0'.repeat(64)}`, ` sha256=${'0'.repeat(64)}`],
  `sha256=${'0'.repeat(64)},sha256=${'0'.repeat(64)}`,
];
test.each(NEAR)('%j is no signature', (value) => {
  const scheme: Scheme = { ...hex, header: 'x', prefix: 'sha256=' };
  expect(read(scheme, { x: value })).toEqual(['malformed']);
});

test.each(['t=1', 'v1=00', `v1=${'0'.repeat(64)}`, `t=,v1=${'0'.repeat(64)}`, 't=1,v1=zz', ','])(
  '%j is no signature with a time',
  (value) => {
    expect(read(fields, { 'v7-signature': value })).toEqual(['malformed']);
  },
);

test('a header that is not there is no credential', () => {
  expect(read(fields, {})).toEqual([]);
});
