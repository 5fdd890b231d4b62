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
  [MASK, MASK],
])('%s', (address, redacted) => {
  const body = (uri: string) => ({
    instanceURI: uri,
    objects: [{ composite_mask: { url: uri } }, [{ frames: uri }]],
    unknownMember: uri,
    label: JSON.stringify({ objects: [{ instanceURI: uri }] }),
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

test('a label that is no JSON loses its tokens too', () => {
  expect(redact({ label: `really? {"instanceURI":"${MASK}?token=JWT", "x` })).toEqual({
    label: `really? {"instanceURI":"${MASK}", "x`,
  });
});

test('no token survives wherever an address can stand, and nothing else changes', () => {
  const secret = 'eyJhbGciOi.J9-_x';
  const query = fc.array(fc.constantFrom('a=1', `token=${secret}`, 'b='), { maxLength: 4 });
  const address = query.map((parts) => `${MASK}${parts.length ? `?${parts.join('&')}` : ''}`);
  const tree = fc.letrec((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
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
