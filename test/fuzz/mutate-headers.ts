import type { Random } from './random';

/** By lower-case name. */
type Headers = Map<string, string>;

const NAMES = ['x-hub-signature', 'x-hub-signature-256', 'x-hub-signature-512', 'x_hub_signature']
  .concat(['authorization', 'proxy-authorization', 'x-webhook-secret', 'x-webhook-secret-2', ''])
  .concat(['content-type', 'content-encoding', 'content-length', 'transfer-encoding', 'expect'])
  .concat(['x-labelbox-event', 'x-labelbox-id', 'traceparent', 'x-forwarded-for', 'x-amz-date'])
  .concat(['__proto__', 'constructor', 'tostring', 'host', 'x-http-method-override', 'cookie']);
const VALUES = [
  '',
  ' ',
  ',',
  '\0',
  'null',
  'undefined',
  '[object Object]',
  'é',
  'Ŵ→\u{1F600}',
  '\ud800',
]
  .concat([
    'sha1=',
    'sha256=',
    `sha1=${'0'.repeat(40)}`,
    `sha256=${'f'.repeat(64)}`,
    'md5=0',
    '\r\n',
  ])
  .concat([
    'Bearer',
    'Bearer ',
    'Bearer \t',
    'Basic',
    'Basic Og==',
    'Basic =',
    'Digest x',
    'Token x',
  ])
  .concat([
    'text/plain',
    'application/xml',
    'application/ld+json',
    'text/json;charset=utf-16',
    '../',
  ])
  .concat([
    'LABEL_CREATED',
    'REVIEW_DELETED',
    'gzip',
    'chunked',
    'x'.repeat(8_192),
    '0'.repeat(8_192),
  ])
  .concat([`00-${'0'.repeat(32)}-${'0'.repeat(16)}-00`]);

/** Mutates one header: its new name and value, or nothing if it is dropped. */
const MUTATIONS: readonly ((
  name: string,
  value: string,
  random: Random,
) => [string, string] | undefined)[] = [
  () => undefined,
  (name, value) => [name, `${value},${value}`],
  (name, value) => [name, `${value}, ${value}`],
  (name, value, random) => [name, `${value},${random.pick(VALUES)}`],
  (name, value, random) => [name, value.slice(0, random.below(value.length + 1))],
  (name, value, random) => [name, random.pick(VALUES) + value],
  (name, value, random) => [name, value + random.pick(VALUES)],
  (name, value) => [name, value.replace(/^sha\d+/, 'sha512')],
  (name, value) => [name, value.replace(/^\w+/, (scheme) => scheme.toUpperCase())],
  (name, value) => [name, value.replace('=', '%3D')],
  (name, value, random) => {
    const place = random.below(value.length);
    const flipped = String.fromCharCode(value.charCodeAt(place) ^ (1 << random.below(7)));
    return [name, value.slice(0, place) + flipped + value.slice(place + 1)];
  },
  (name, _, random) => [name, random.pick(VALUES)],
  (_, value, random) => [random.pick(NAMES), value],
];

export function mutateHeaders(headers: Headers, random: Random): void {
  while (random.chance(0.6)) {
    if (random.chance(0.3)) headers.set(random.pick(NAMES), random.pick(VALUES));
    if (headers.size === 0) continue;
    const [name, value] = random.pick([...headers]);
    headers.delete(name);
    const mutated = random.pick(MUTATIONS)(name, value, random);
    if (mutated) headers.set(...mutated);
  }
}
