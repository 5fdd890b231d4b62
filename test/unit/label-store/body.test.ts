import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { fromBody, toBody } from '../../../lib/label-store/body';

const KEY = '/labelbox/label/a';
const content = { labels: [{ id: 'a', kind: 'PRIVATE' }] };

test('a body has the JSON that a program with zlib reads', () => {
  expect(fromBody(deflateSync('{"labels":[{"id":"a","kind":"PRIVATE"}]}'), KEY)).toEqual(content);
  expect(fromBody(toBody(content), KEY)).toEqual(content);
});

const whole = toBody(content);
test.each([
  ['nothing', Buffer.alloc(0)],
  ['JSON that is not compressed', Buffer.from(JSON.stringify(content))],
  ['another format of compression', gzipSync(JSON.stringify(content))],
  ['compression without a header', deflateRawSync(JSON.stringify(content))],
  ['a body that is cut off', whole.subarray(0, -5)],
  ['a body with a changed byte', Buffer.from(whole).fill((whole[10] ?? 0) ^ 0xff, 10, 11)],
  ['a text that is no JSON', deflateSync('PRIVATE')],
])('%s is an error that names the subject, and quotes nothing', (_, body) => {
  let error: unknown;
  try {
    fromBody(body, KEY);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({ code: 'unreadable-record', cause: undefined });
  expect(String(error)).toContain(KEY);
  expect(String(error)).not.toContain('PRIVATE');
});
