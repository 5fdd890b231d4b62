import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { redact } from '../../../lib/platforms/labelbox/redact';

const MASK = 'https://api.labelbox.com/masks/feature/a';

test.each([
  [`${MASK}?token=JWT`, MASK],
  [`${MASK}?token=JWT#f`, `${MASK}#f`],
  [`${MASK}?a=1&token=JWT`, `${MASK}?a=1`],
  [`${MASK}?token=JWT&a=1`, `${MASK}?a=1`],
  [`${MASK}?a=1&token=JWT&b=2`, `${MASK}?a=1&b=2`],
  [`${MASK}?token=one&token=two`, MASK],
  [`${MASK}?a=1&token=one&token=two&b=2`, `${MASK}?a=1&b=2`],
  [`${MASK}?mytoken=1`, `${MASK}?mytoken=1`],
  [`${MASK}?Token=JWT`, MASK],
  [`${MASK}?%74oken=JWT`, MASK],
  [`${MASK}?a=1&amp;token=JWT`, `${MASK}?a=1&amp`],
  [`${MASK}?a=1;token=JWT;b=2`, `${MASK}?a=1;b=2`],
  [`${MASK}?token=one two"three`, MASK],
  [MASK, MASK],
  ['gs://a/b?token=JWT', 'gs://a/b'],
  ['//a/b?token=JWT', '//a/b'],
  [`${MASK}??token=JWT`, `${MASK}?`],
  [`${MASK}?a=1?token=JWT`, `${MASK}?a=1`],
  [`${MASK}?a=1#?token=JWT&b=2`, `${MASK}?a=1#?b=2`],
])('%s', (address, redacted) => {
  const body = (uri: string) => ({
    instanceURI: uri,
    objects: [{ composite_mask: { url: uri } }, [{ frames: uri }]],
    unknownMember: uri,
    lists: [uri, [uri], { mask: { href: uri } }],
    label: JSON.stringify({ objects: [{ instanceURI: uri }, uri] }),
    previous: JSON.stringify({ objects: [{ instanceURI: uri }] }),
  });
  expect(redact(body(address))).toEqual(body(redacted));
});

test("the customer's own data stays as it is", () => {
  const body = {
    dataRow: { rowData: 'https://example.com/image.jpg?token=theirs', externalId: '?token=1' },
    text: 'is ?token=1 a token?',
  };
  expect(redact(body)).toBe(body);
});

test.each([
  [
    'cut short',
    `really? {"instanceURI":"${MASK}?token=JWT", "x`,
    `really? {"instanceURI":"${MASK}", "x`,
  ],
  ['with escaped separators', `{"a":"${MASK}?b=1\\u0026token=JWT"`, `{"a":"${MASK}?b=1"`],
  ['with an escaped question mark', `{"a":"${MASK}\\u003ftoken=JWT"`, `{"a":"${MASK}"`],
  ['with an escaped letter', `{"a":"${MASK}?\\u0074oken=JWT"`, `{"a":"${MASK}"`],
])('a label that is no JSON, %s, loses its tokens too', (_, label, redacted) => {
  expect(redact({ label })).toEqual({ label: redacted });
});

test('a letter that is escaped in the JSON of a label hides nothing', () => {
  const label = `{"objects":[{"instanceURI":"${MASK}?\\u0074oken=JWT"}]}`;
  expect(redact({ label })).toEqual({ label: `{"objects":[{"instanceURI":"${MASK}"}]}` });
});

test('a label too deep to be read loses its tokens too', () => {
  const label = `${'['.repeat(300)}"${MASK}?token=JWT"${']'.repeat(300)}`;
  expect(redact({ label })).toEqual({ label: label.replace('?token=JWT', '') });
});

test('no token survives wherever an address can stand', () => {
  const secret = 'eyJhbGciOi.J9-_x';
  const query = fc.array(fc.constantFrom('a=1', `token=${secret}`, 'b='), { maxLength: 4 });
  const address = query.map((parts) => `${MASK}${parts.length ? `?${parts.join('&')}` : ''}`);
  const tree = fc.letrec((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      address,
      fc.record({ instanceURI: address, title: fc.string() }),
      fc.array(tie('node'), { maxLength: 3 }),
      fc.record({ label: tie('node').map((node) => JSON.stringify(node)) }),
      fc.record({ inner: tie('node') }),
    ),
  })).node;
  fc.assert(
    fc.property(tree, (node) => {
      expect(JSON.stringify(redact({ node }))).not.toContain(secret);
    }),
  );
});
