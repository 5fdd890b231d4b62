/** Pictures are the only thing that the page takes from other hosts, and it does without them if asked to. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

/** @param pictures whether the page may load pictures from the addresses in deliveries */
export const securityHeaders = (pictures: boolean): Readonly<Record<string, string>> => ({
  'content-security-policy': [
    ...POLICY,
    `img-src 'self' data:${pictures ? ' https: http:' : ''}`,
  ].join('; '),
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
});
