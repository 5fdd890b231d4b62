import { afterEach, describe, expect, test } from '@jest/globals';
import { fails, hangs } from '../support/aws-proxy';
import {
  type Face,
  SECRET,
  type StartedLambda,
  startLambda,
  startServer,
  stopServers,
} from '../support/faces';
import { drain, listObjects, readObject } from '../support/read-queues';
import { deliver, send } from '../support/send';

const move = { action: 'APPROVE', projectId: 'p', dataRowIds: ['a'] };
const BUCKET = 's3://labelrelay-dev-deliveries';

let face: Face | undefined;
afterEach(async () => {
  await stopServers();
  await face?.stop();
  face = undefined;
});

describe.each<[string, (environment: NodeJS.ProcessEnv) => Promise<Face>]>([
  ['the Node server', startServer],
  ['the packaged Lambda', startLambda],
])('%s', (_, start) => {
  test.each([
    [['127.0.0.0/8'], 202],
    [['192.0.2.0/24', '127.0.0.1'], 202],
    [['::ffff:127.0.0.1/128', '127.0.0.1/32'], 202],
    [['192.0.2.0/24', '2001:db8::/32'], 401],
    [['127.0.0.2'], 401],
  ])(
    'an allow list of %j answers a valid delivery from 127.0.0.1 with %i',
    async (list, status) => {
      const lists = JSON.stringify({ labelbox: list });
      face = await start({ LABELRELAY_ALLOW_LISTS: lists });
      const answer = await deliver(face.url, move);
      expect(answer.status).toBe(status);
      // It says nothing of why.
      if (status === 401) expect(answer.json.title).toBe('The credentials are missing or wrong');
      expect(await drain(face.aws)).toHaveLength(status === 202 ? 1 : 0);
      // Another source has no list, and health checks come from anywhere.
      const body = '{"action":"PROJECT_UPDATED"}';
      const headers = { authorization: `Bearer ${SECRET}` };
      const other = await send(face.url, { path: '/webhooks/label-studio', body, headers });
      expect(other.status).toBe(202);
      expect((await send(face.url, { method: 'GET', path: '/health' })).status).toBe(200);
    },
  );

  test('everything accepted is archived: exact bytes, and no credential', async () => {
    face = await start({ LABELRELAY_ARCHIVE: 'true' });
    const body = `{ "action":"APPROVE", "projectId" :"p","dataRowIds":["a"]}`;
    const { id } = (await deliver(face.url, body, { 'x-labelbox-id': 'delivery-1' })).json;
    await deliver(face.url, body);
    await deliver(face.url, body, { 'x-hub-signature': 'sha1=0' });
    await deliver(face.url, 'no JSON');
    const day = new Date().toISOString().slice(0, 10);
    const keys = await listObjects(face.aws, 'archive/');
    expect(keys).toHaveLength(2);
    for (const key of keys) expect(key.startsWith(`archive/labelbox/${day}/${id}-`)).toBe(true);
    const records = await Promise.all(
      keys.map(async (key) => (await readObject(face?.aws ?? '', `${BUCKET}/${key}`)).toString()),
    );
    for (const record of records) {
      expect(record.slice(record.indexOf('\n') + 1)).toBe(`${body}\nv${id}`);
      expect(record).not.toContain('sha1=');
    }
    expect(records.join()).toContain('delivery-1');
  });

  test('nothing is archived where that is switched off', async () => {
    // On at `npm start`, off elsewhere.
    face = await start({ LABELRELAY_ARCHIVE: 'false' });
    expect((await deliver(face.url, move)).status).toBe(202);
    expect(await listObjects(face.aws, '')).toEqual([]);
  });

  test('the trace goes into the event as the sender gave it, when it is one', async () => {
    face = await start({});
    const { url, aws } = face;
    const traced = async (traceparent: string) => {
      await deliver(url, move, { traceparent });
      const [received] = await drain(aws);
      return received?.event.traceparent;
    };
    const given = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    expect(await traced(given)).toBe(given);
    for (const none of ['junk', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`]) {
      expect(await traced(none)).not.toBe(none);
    }
  });
});

test('the trace that AWS began goes into the event', async () => {
  face = await startLambda();
  const root = 'Root=1-5759e988-bd862e3fe1be46a994272793';
  for (const [header, expected] of [
    [
      `${root};Parent=53995c3f42cd8ad8;Sampled=1`,
      /^00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01$/,
    ],
    [root, /^00-5759e988bd862e3fe1be46a994272793-(?!0{16})[0-9a-f]{16}-00$/],
  ] as const) {
    await deliver(face.url, move, { 'x-amzn-trace-id': header });
    const [received] = await drain(face.aws);
    expect(received?.event.traceparent).toMatch(expected);
  }
});

test.each([
  ['fails', fails],
  ['hangs', hangs],
])('an archive that %s refuses nothing, and is counted', async (_, fault) => {
  const lambda: StartedLambda = await startLambda({ LABELRELAY_ARCHIVE: 'true' });
  face = lambda;
  await deliver(lambda.url, move);
  lambda.proxy.fault = (call) => (call.startsWith('PUT archive/') ? fault : undefined);
  const began = performance.now();
  const answer = await deliver(lambda.url, move);
  expect([answer.status, answer.json.held]).toEqual([202, undefined]);
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(lambda.output()).toContain('"ArchiveFailed":1');
  expect(await drain(lambda.aws)).toHaveLength(2);
});
