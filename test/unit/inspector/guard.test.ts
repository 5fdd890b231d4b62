import type { IncomingMessage } from 'node:http';
import { expect, test } from '@jest/globals';
import { expectOwnPage } from '../../../lib/inspector/guard';

type Headers = Record<string, string | string[]>;

interface Target {
  readonly localPort?: number;
  readonly url?: string;
  readonly isPage?: boolean;
}

const isOwn = (
  method: string,
  headers: Headers,
  { localPort = 3000, url = '/', isPage = true }: Target = {},
): boolean => {
  const joined = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, String(value)]),
  );
  const distinct = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value].flat()]),
  );
  const socket = { localPort };
  const incoming = { method, url, headers: joined, headersDistinct: distinct, socket };
  try {
    expectOwnPage(incoming as unknown as IncomingMessage, isPage);
    return true;
  } catch {
    return false;
  }
};

test.each(['localhost:3000', '127.0.0.1:3000', '127.1.2.3:3000', '[::1]:3000', 'LOCALHOST:3000'])(
  '%s is this machine',
  (host) => expect(isOwn('GET', { host })).toBe(true),
);

test('without a port it is that of HTTP', () => {
  expect(isOwn('GET', { host: 'localhost' }, { localPort: 80 })).toBe(true);
  expect(isOwn('GET', { host: 'localhost' })).toBe(false);
});

test.each<[string, Headers]>([
  ['a foreign name', { host: 'rebind.example:3000' }],
  ['a name that begins like ours', { host: 'localhost.evil.example:3000' }],
  ['a name that ends like ours', { host: 'evil-localhost:3000' }],
  ['an address that begins like ours', { host: '127.0.0.1.evil.example:3000' }],
  ['another port', { host: 'localhost:3001' }],
  ['no host', {}],
  ['an empty host', { host: '' }],
  ['two hosts', { host: ['localhost:3000', 'evil.example'] }],
  ['a user in front', { host: 'evil@localhost:3000' }],
  ['the network', { host: '192.168.0.1:3000' }],
  ['any address', { host: '0.0.0.0:3000' }],
])('%s is not', (_, headers) => expect(isOwn('GET', headers)).toBe(false));

const host = 'localhost:3000';
const own = 'http://localhost:3000';

test.each([
  'http://evil.example',
  'null',
  'https://localhost:3000',
  'http://localhost:3001',
  'http://127.0.0.1:3000',
  '',
])('the origin "%s" is foreign', (origin) => {
  expect(isOwn('GET', { host, origin })).toBe(false);
  expect(isOwn('POST', { host, origin })).toBe(false);
});

test.each([
  ['http://rebind.example/', false],
  ['HTTP://rebind.example:3000/?x', false],
  ['http://localhost:3001/', false],
  ['http://evil@localhost:3000/', false],
  ['http:///', false],
  ['http://localhost:3000/', true],
  ['HTTP://LOCALHOST:3000?x', true],
])('a target in absolute form names the same host: %s', (url, isHere) => {
  expect(isOwn('GET', { host }, { url })).toBe(isHere);
});

test('what changes something names its origin', () => {
  expect(isOwn('POST', { host, origin: own })).toBe(true);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', '']) {
    expect(isOwn(method, { host })).toBe(false);
  }
});

test('a page of another site may only link to the page', () => {
  const from = (site: string, mode: string): Headers => ({
    host,
    'sec-fetch-site': site,
    'sec-fetch-mode': mode,
  });
  expect(isOwn('GET', from('cross-site', 'navigate'))).toBe(true);
  // A frame or a new window could otherwise ask the API for anything, though it could not read the answer.
  expect(isOwn('GET', from('cross-site', 'navigate'), { isPage: false })).toBe(false);
  expect(isOwn('GET', from('same-site', 'navigate'), { isPage: false })).toBe(false);
  expect(isOwn('GET', from('none', 'navigate'), { isPage: false })).toBe(true);
  for (const site of ['cross-site', 'same-site']) {
    expect(isOwn('GET', from(site, 'no-cors'))).toBe(false);
    expect(isOwn('GET', from(site, 'cors'))).toBe(false);
  }
  expect(isOwn('GET', from('same-origin', 'cors'))).toBe(true);
  expect(isOwn('GET', from('none', 'navigate'))).toBe(true);
});
