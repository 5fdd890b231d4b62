import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { answers, answersNothing, denies, type Fault, fails, hangs } from '../support/aws-proxy';
import { SECRET, SOURCES, type StartedLambda, setSecrets, startLambda } from '../support/faces';
import { deleteObjects, drain, listObjects } from '../support/read-queues';
import { deliver, sign } from '../support/send';

const DAY = 86_400_000;
const body = { action: 'APPROVE', projectId: 'p', dataRowIds: ['a', 'b', null] };

let lambda: StartedLambda;
beforeAll(async () => {
  lambda = await startLambda({ LABELRELAY_CLAIM_CHECK_BYTES: '4096' });
});
afterAll(() => lambda.stop());
/** Each test begins with nothing stored, and nothing cached. */
beforeEach(async () => {
  lambda.proxy.fault = () => undefined;
  lambda.proxy.calls.length = 0;
  lambda.redeliversAtOnce = true;
  setSecrets(lambda.proxy);
  await deleteObjects(lambda.aws);
  await drain(lambda.aws);
  await lambda.coldStart();
});

const unavailable = {
  status: 503,
  headers: expect.objectContaining({ 'retry-after': '5' }),
  json: {
    type: 'about:blank',
    title: 'The delivery could not be stored, please send it again',
    status: 503,
  },
};

const held = (events?: number) => ({
  status: 202,
  json: {
    id: expect.stringMatching(/^[0-9a-f]{32}$/),
    ...(events !== undefined && { events }),
    held: true,
  },
});

describe.each<[string, Fault]>([
  ['fails', fails],
  ['denies', denies],
  ['hangs', hangs],
  ['answers with nothing', answersNothing],
])('a service that %s', (_, fault) => {
  test('the queue: held, and delivered as soon as it is back', async () => {
    lambda.redeliversAtOnce = false;
    lambda.proxy.fault = (call) => (call === 'SendMessageBatch' ? fault : undefined);
    const before = Date.now();
    expect(await deliver(lambda.url, body)).toMatchObject(held(3));
    const after = Date.now();
    await lambda.redeliver();
    expect(await drain(lambda.aws)).toEqual([]);
    expect(await listObjects(lambda.aws, 'held/')).toHaveLength(1);

    lambda.proxy.fault = () => undefined;
    await lambda.redeliver();
    const events = (await drain(lambda.aws)).map(({ event }) => event);
    expect(events).toHaveLength(3);
    for (const { recordedtime } of events) {
      expect(Date.parse(recordedtime)).toBeGreaterThanOrEqual(before);
      expect(Date.parse(recordedtime)).toBeLessThanOrEqual(after);
    }
    expect(await listObjects(lambda.aws, 'held/')).toEqual([]);
    // The same as if it had not been held.
    await deliver(lambda.url, body);
    const again = (await drain(lambda.aws)).map(({ event }) => event.id);
    expect(again.sort()).toEqual(events.map(({ id }) => id).sort());
  });

  test('the secret store: held unverified, delivered or rejected as soon as it is back', async () => {
    lambda.redeliversAtOnce = false;
    const forged = { 'x-hub-signature': sign('other') };
    lambda.proxy.fault = (_, request) => (request.includes('AWSPREVIOUS') ? fault : undefined);
    // Only a delivery that the current secret does not verify waits for the previous one.
    expect(await deliver(lambda.url, body, forged)).toMatchObject(held());
    expect(await deliver(lambda.url, body)).toMatchObject({ status: 202, json: { events: 3 } });
    expect(await drain(lambda.aws)).toHaveLength(3);

    await lambda.coldStart();
    lambda.proxy.fault = (call) => (call === 'GetSecretValue' ? fault : undefined);
    expect(await deliver(lambda.url, body)).toMatchObject(held());
    expect(await deliver(lambda.url, body, forged)).toMatchObject(held());
    for (const malformed of [{ 'x-hub-signature': 'sha1=1' }, { 'x-hub-signature': [] }]) {
      expect((await deliver(lambda.url, body, malformed)).status).toBe(401);
    }
    await lambda.redeliver();
    expect(await drain(lambda.aws)).toEqual([]);
    expect(await listObjects(lambda.aws, 'held/unverified/')).toHaveLength(3);

    lambda.proxy.fault = () => undefined;
    await lambda.redeliver();
    expect(await drain(lambda.aws)).toHaveLength(3);
    expect(await listObjects(lambda.aws, 'held/')).toEqual([]);
    expect(await listObjects(lambda.aws, 'rejected/')).toHaveLength(2);
  });

  test('the object store: 503, nothing is sent, and 202 as soon as it is back', async () => {
    const large = { ...body, action: 'x'.repeat(5_000) };
    lambda.proxy.fault = (call) => (call.startsWith('PUT ') ? fault : undefined);
    expect(await deliver(lambda.url, large)).toMatchObject(unavailable);
    expect(await deliver(lambda.url, 'no JSON')).toMatchObject(unavailable);
    expect(await drain(lambda.aws)).toEqual([]);
    lambda.proxy.fault = () => undefined;
    expect((await deliver(lambda.url, large)).status).toBe(202);
    expect((await deliver(lambda.url, 'no JSON')).status).toBe(400);
    expect(await drain(lambda.aws)).toHaveLength(3);
  });

  test('the queue and the object store: 503', async () => {
    lambda.proxy.fault = (call) => (/^(SendMessageBatch|PUT .*)$/.test(call) ? fault : undefined);
    expect(await deliver(lambda.url, body)).toMatchObject(unavailable);
  });
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

test('one queue of a route fails: the others got theirs, and redelivery finishes it', async () => {
  lambda.redeliversAtOnce = false;
  lambda.proxy.fault = (call, request) =>
    call === 'SendMessageBatch' && request.includes('dev-workflow-action') ? fails : undefined;
  expect(await deliver(lambda.url, body)).toMatchObject(held(3));
  const first = await drain(lambda.aws);
  expect(first.map(({ queue }) => queue)).toEqual(['unrecognized']);

  lambda.proxy.fault = () => undefined;
  await lambda.redeliver();
  const rest = await drain(lambda.aws);
  expect(rest).toHaveLength(3);
  const again = rest.find(({ queue }) => queue === 'unrecognized');
  expect(again?.event.id).toBe(first[0]?.event.id);
});

const but = (ids: string[]) => ids.slice(0, -1).map((Id) => ({ Id }));
let earlier: string[] = [];

test.each<[string, (ids: string[]) => object]>([
  [
    'a failed entry',
    (ids) => ({
      Successful: but(ids),
      Failed: [{ Id: ids.at(-1), Code: 'X', SenderFault: false }],
    }),
  ],
  ['an entry too few', (ids) => ({ Successful: but(ids), Failed: [] })],
  ['an entry twice', (ids) => ({ Successful: [...but(ids), ...but(ids)] })],
  ['an entry that was not sent', (ids) => ({ Successful: [...but(ids), { Id: '7' }] })],
  [
    'the entries of another call',
    (ids) => {
      const Successful = earlier.map((Id) => ({ Id }));
      earlier = ids;
      return { Successful };
    },
  ],
])('an answer with %s does not count as accepted', async (_, answer) => {
  lambda.proxy.fault = (call, request) => {
    if (call !== 'SendMessageBatch' || !request.includes('dev-workflow-action')) return undefined;
    const ids = JSON.parse(request).Entries.map(({ Id }: { Id: string }) => Id);
    return answers(200, answer(ids));
  };
  expect(await deliver(lambda.url, body)).toMatchObject(held(3));
});

describe('secrets', () => {
  const current = 'labelrelay/dev/labelbox AWSCURRENT';
  const previous = 'labelrelay/dev/labelbox AWSPREVIOUS';
  const signedWith = (secret: string) => ({
    'x-hub-signature': sign(JSON.stringify(body), secret),
  });

  test('are read once a minute, not once a delivery', async () => {
    // Those of all sources are read at the start.
    await deliver(lambda.url, body);
    const reads = () => lambda.proxy.calls.filter((call) => call === 'GetSecretValue').length;
    const atStart = reads();
    expect(atStart).toBe(SOURCES.length);
    for (let delivery = 0; delivery < 4; delivery++) await deliver(lambda.url, body);
    expect(reads()).toBe(atStart);
    // A delivery that the current secret does not verify makes the receiver read both.
    for (let junk = 0; junk < 3; junk++) await deliver(lambda.url, body, signedWith('junk'));
    expect(reads()).toBe(atStart + 2);
  });

  test('the current and the previous version verify', async () => {
    lambda.proxy.secrets.set(current, { text: 'new', createdAt: new Date(Date.now() - 6.9 * DAY) });
    lambda.proxy.secrets.set(previous, { text: SECRET, createdAt: new Date(0) });
    expect((await deliver(lambda.url, body, signedWith('new'))).status).toBe(202);
    expect((await deliver(lambda.url, body, signedWith(SECRET))).status).toBe(202);
    expect((await deliver(lambda.url, body, signedWith('other'))).status).toBe(401);
  });

  test('the previous version verifies for seven days after its replacement', async () => {
    lambda.proxy.secrets.set(current, { text: 'new', createdAt: new Date(Date.now() - 7.1 * DAY) });
    lambda.proxy.secrets.set(previous, { text: SECRET, createdAt: new Date(0) });
    expect((await deliver(lambda.url, body, signedWith(SECRET))).status).toBe(401);
    expect((await deliver(lambda.url, body, signedWith('new'))).status).toBe(202);
  });

  test('a roll-back begins the seven days anew', async () => {
    const rolledBack = new Date(Date.now() - 6.9 * DAY);
    lambda.proxy.secrets.set(current, { text: 'old', createdAt: new Date(0) });
    lambda.proxy.secrets.set(previous, {
      text: SECRET,
      createdAt: new Date(Date.now() - 30 * DAY),
      changedAt: rolledBack,
    });
    expect((await deliver(lambda.url, body, signedWith('old'))).status).toBe(202);
    expect((await deliver(lambda.url, body, signedWith(SECRET))).status).toBe(202);
    expect((await deliver(lambda.url, body, signedWith('other'))).status).toBe(401);
  });

  test.each<[string, Fault]>([
    ['fails', fails],
    ['denies', denies],
    ['hangs', hangs],
  ])('when the store %s and does not tell when the secret was replaced: held', async (_, fault) => {
    lambda.redeliversAtOnce = false;
    lambda.proxy.secrets.set(current, { text: 'old', createdAt: new Date(0) });
    lambda.proxy.secrets.set(previous, {
      text: SECRET,
      createdAt: new Date(0),
      changedAt: new Date(),
    });
    lambda.proxy.fault = (call) => (call === 'DescribeSecret' ? fault : undefined);
    expect(await deliver(lambda.url, body, signedWith('old'))).toMatchObject({
      status: 202,
      json: { events: 3 },
    });
    expect(await deliver(lambda.url, body, signedWith(SECRET))).toMatchObject(held());
    expect(await deliver(lambda.url, body, signedWith('other'))).toMatchObject(held());
    lambda.proxy.fault = () => undefined;
    await lambda.redeliver();
    expect(await drain(lambda.aws)).toHaveLength(6);
    expect(await listObjects(lambda.aws, 'rejected/')).toHaveLength(1);
  });

  test('a rotation rejects no delivery', async () => {
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

  test('an empty one accepts no delivery', async () => {
    lambda.proxy.secrets.set(current, { text: '', createdAt: new Date() });
    expect((await deliver(lambda.url, body, signedWith(''))).status).toBe(401);
  });
});
