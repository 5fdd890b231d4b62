import type { IncomingMessage } from 'node:http';
import { expect, test } from '@jest/globals';
import { pathOf } from '../../../lib/server/to-request';

test.each([
  ['/webhooks/labelbox', '/webhooks/labelbox'],
  ['/webhooks/labelbox?a=/b', '/webhooks/labelbox'],
  ['http://example.com/webhooks/labelbox', '/webhooks/labelbox'],
  ['HTTPS://user@example.com:8443/webhooks/labelbox?a', '/webhooks/labelbox'],
  ['http://[::1]:3000/health', '/health'],
  ['http://example.com', '/'],
  ['http://example.com?a=/health', '/'],
  ['*', '*'],
  ['//example.com/health', '//example.com/health'],
])('the path of %s is %s', (url, path) => {
  expect(pathOf({ url } as IncomingMessage)).toBe(path);
});
