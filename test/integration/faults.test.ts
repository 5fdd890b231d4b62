import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { answers, cutsOff, denies, type Fault, fails, hangs, stalls } from '../support/aws-proxy';
import { SECRET, type StartedLambda, startLambda } from '../support/faces';
import { drain } from '../support/read-queues';
import { deliver, sign } from '../support/send';

const DAY = 86_400_000;
const body = { action: 'APPROVE', projectId: 'p', dataRowIds: ['a', 'b', null] };

/** Each test has a function of its own, so that nothing is cached yet. */
let lambda: StartedLambda;
beforeEach(async () => {
  lambda = await startLambda({ LABELRELAY_CLAIM_CHECK_BYTES: '4096' });
});
afterEach(() => lambda.stop());

const unavailable = {
  status: 503,
  headers: expect.objectContaining({ 'retry-after': '5' }),
  json: {
    type: 'about:blank',
    title: 'The delivery could not be stored, please send it again',
    status: 503,
  },
};

describe.each<[string, Fault]>([
  ['fails', fails],
  ['denies', denies],
  ['hangs', hangs],
  ['stalls in its answer', stalls],
  ['cuts off its answer', cutsOff],
  ['answers with nothing', answers(200, {})],
])('a service that %s', (name, fault) => {
  test('the queue: 503, and 202 as soon as it is back', async () => {
    lambda.proxy.fault = (call) => (call === 'SendMessageBatch' ? fault : undefined);
    expect(await deliver(lambda.url, body)).toMatchObject(unavailable);
    lambda.proxy.fault = () => undefined;
    expect((await deliver(lambda.url, body)).status).toBe(202);
    expect(await drain(lambda.aws)).toHaveLength(3);
  });

  // An empty answer is a secret that is not set, and so a 401.
  if (name !== 'answers with nothing') {
    test('the secret store: 503, and 202 as soon as it is back', async () => {
      for (const stage of ['AWSCURRENT', 'AWSPREVIOUS']) {
        lambda.proxy.fault = (_, request) => (request.includes(stage) ? fault : undefined);
        expect(await deliver(lambda.url, body)).toMatchObject(unavailable);
      }
      lambda.proxy.fault = () => undefined;
      expect((await deliver(lambda.url, body)).status).toBe(202);
      expect(await drain(lambda.aws)).toHaveLength(3);
    });

    test('the object store: 503, nothing is sent, and 202 as soon as it is back', async () => {
      const large = { ...body, action: 'x'.repeat(5_000) };
      lambda.proxy.fault = (call) => (call === 'PUT' ? fault : undefined);
      expect(await deliver(lambda.url, large)).toMatchObject(unavailable);
      expect(await deliver(lambda.url, 'no JSON')).toMatchObject(unavailable);
      expect(await drain(lambda.aws)).toEqual([]);
      lambda.proxy.fault = () => undefined;
      expect((await deliver(lambda.url, large)).status).toBe(202);
      expect((await deliver(lambda.url, 'no JSON')).status).toBe(400);
      expect(await drain(lambda.aws)).toHaveLength(3);
    });
  }
});

test('the queues are shared fairly: a message is grouped by its project', async () => {
  const sent: string[] = [];
  lambda.proxy.fault = (call, request) => {
    if (call === 'SendMessageBatch') sent.push(request);
    return undefined;
  };
  await deliver(lambda.url, body);
  const groups = sent.flatMap((request) =>
    JSON.parse(request).Entries.map(
      ({ MessageGroupId }: { MessageGroupId: string }) => MessageGroupId,
    ),
  );
  expect(groups).toEqual(['labelbox/p', 'labelbox/p', 'labelbox/p']);
});

test('one queue of a route fails: the others got theirs, and it is 503', async () => {
  lambda.proxy.fault = (call, request) =>
    call === 'SendMessageBatch' && request.includes('dev-workflow-action') ? fails : undefined;
  expect((await deliver(lambda.url, body)).status).toBe(503);
  const first = await drain(lambda.aws);
  expect(first.map(({ queue }) => queue)).toEqual(['unrecognized']);

  lambda.proxy.fault = () => undefined;
  expect((await deliver(lambda.url, body)).status).toBe(202);
  const again = (await drain(lambda.aws)).find(({ queue }) => queue === 'unrecognized');
  expect(again?.event.id).toBe(first[0]?.event.id);
});

test.each([
  [
    'a failed entry',
    { Successful: [{ Id: '0' }], Failed: [{ Id: '1', Code: 'X', SenderFault: false }] },
  ],
  ['an entry too few', { Successful: [{ Id: '0' }], Failed: [] }],
  ['an entry twice', { Successful: [{ Id: '0' }, { Id: '0' }] }],
  ['an entry that was not sent', { Successful: [{ Id: '0' }, { Id: '7' }] }],
])('an answer with %s does not count as accepted', async (_, answer) => {
  lambda.proxy.fault = (call, request) =>
    call === 'SendMessageBatch' && request.includes('dev-workflow-action')
      ? answers(200, answer)
      : undefined;
  expect((await deliver(lambda.url, body)).status).toBe(503);
});

describe('secrets', () => {
  const current = 'labelrelay/dev/labelbox AWSCURRENT';
  const previous = 'labelrelay/dev/labelbox AWSPREVIOUS';
  const signedWith = (secret: string) => ({
    'x-hub-signature': sign(JSON.stringify(body), secret),
  });

  test('are read once a minute, not once a delivery', async () => {
    for (let delivery = 0; delivery < 5; delivery++) await deliver(lambda.url, body);
    await deliver(lambda.url, body, signedWith('junk'));
    expect(lambda.proxy.calls.filter((call) => call === 'GetSecretValue')).toHaveLength(2);
  });

  test('the current and the previous version verify', async () => {
    lambda.proxy.secrets.set(current, { text: 'new', createdAt: new Date(Date.now() - 6.9 * DAY) });
    lambda.proxy.secrets.set(previous, { text: SECRET, createdAt: new Date(0) });
    expect((await deliver(lambda.url, body, signedWith('new'))).status).toBe(202);
    expect((await deliver(lambda.url, body, signedWith(SECRET))).status).toBe(202);
    expect((await deliver(lambda.url, body, signedWith('other'))).status).toBe(401);
  });

  test('the previous version verifies for seven days after it was replaced', async () => {
    lambda.proxy.secrets.set(current, { text: 'new', createdAt: new Date(Date.now() - 7.1 * DAY) });
    lambda.proxy.secrets.set(previous, { text: SECRET, createdAt: new Date(0) });
    expect((await deliver(lambda.url, body, signedWith(SECRET))).status).toBe(401);
    expect((await deliver(lambda.url, body, signedWith('new'))).status).toBe(202);
  });

  test('a rotation while deliveries flow refuses none of them', async () => {
    const send = async (secret: string) =>
      (await deliver(lambda.url, body, signedWith(secret))).status;
    expect(await send(SECRET)).toBe(202);
    lambda.proxy.secrets.set(previous, { text: SECRET, createdAt: new Date(0) });
    lambda.proxy.secrets.set(current, { text: 'new', createdAt: new Date() });
    // The platform may go on with the old one for days; the new one is found at the first mismatch
    // that comes ten seconds after the last read.
    expect(await send(SECRET)).toBe(202);
    await new Promise((resolve) => setTimeout(resolve, 10_100));
    expect(await send('new')).toBe(202);
    expect(await send(SECRET)).toBe(202);
    const before = lambda.proxy.calls.length;
    for (let junk = 0; junk < 50; junk++) expect(await send(`junk ${junk}`)).toBe(401);
    expect(lambda.proxy.calls.length).toBe(before);
  });

  test('an empty one lets nobody in', async () => {
    lambda.proxy.secrets.set(current, { text: '', createdAt: new Date() });
    expect((await deliver(lambda.url, body, signedWith(''))).status).toBe(401);
  });
});
