import { expect, test } from '@jest/globals';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { apiGatewayHandler } from '../../../lib/aws/lambda/api-gateway';
import type { Request } from '../../../lib/receive/http/http';

/** The body that a receiver is handed of what the gateway says of it. */
async function bodyOf(said: object): Promise<Request['body'] | undefined> {
  let body: Request['body'] | undefined;
  const handler = apiGatewayHandler(async (request) => {
    body = request.body;
    return { status: 200, headers: {}, body: '' };
  }, 8);
  const http = { method: 'GET', path: '/', sourceIp: '192.0.2.1' };
  const event = { rawPath: '/', headers: {}, requestContext: { http, timeEpoch: 0 }, ...said };
  await handler(event as APIGatewayProxyEventV2);
  return body;
}

test.each([{}, { body: undefined }, { body: null }, { body: '' }])(
  '%j is no body',
  async (said) => {
    expect(await bodyOf(said)).toEqual({ text: '' });
  },
);

test('a text stays one, unless half a character is in it: then it is the bytes that came', async () => {
  expect(await bodyOf({ body: 'grün' })).toEqual({ text: 'grün' });
  // U+FFFD in UTF-8.
  expect(await bodyOf({ body: '\ud800' })).toEqual(Buffer.from([0xef, 0xbf, 0xbd]));
});

test('base64 is bytes', async () => {
  expect(await bodyOf({ body: 'AAH/', isBase64Encoded: true })).toEqual(Buffer.from([0, 1, 255]));
});

test('a body over the limit in bytes is not passed on', async () => {
  // Four characters of two bytes are eight; a fifth is too many.
  expect(await bodyOf({ body: 'üüüü' })).toEqual({ text: 'üüüü' });
  expect(await bodyOf({ body: 'üüüüü' })).toBe('too-large');
  expect(await bodyOf({ body: 'AAAAAAAAAAAA', isBase64Encoded: true })).toBe('too-large');
});
