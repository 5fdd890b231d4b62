import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { fails, hangs } from '../support/aws-proxy';
import {
  type Face,
  SECRET,
  SOURCES,
  type StartedLambda,
  startLambda,
  startServer,
  stopServers,
} from '../support/faces';
import { drain, listObjects, readObject } from '../support/read-queues';
import { deliver, send } from '../support/send';

const move = { action: 'APPROVE', projectId: 'p', dataRowIds: ['a'] };
const BUCKET = 's3://labelrelay-dev-deliveries';

/** Allow lists, each of a source of its own, with the answer to a valid delivery from 127.0.0.1. */
const LISTS: readonly (readonly [list: readonly string[], status: number])[] = [
  [['127.0.0.0/8'], 202],
  [['192.0.2.0/24', '127.0.0.1'], 202],
  [['::ffff:127.0.0.1/128', '127.0.0.1/32'], 202],
  [['192.0.2.0/24', '2001:db8::/32'], 401],
  [['127.0.0.2'], 401],
];
const listed = LISTS.map(([list, status], index) => ({ list, status, source: `listed-${index}` }));
const LISTED = {
  LABELRELAY_ALLOW_LISTS: JSON.stringify(
    Object.fromEntries(listed.map(({ source, list }) => [source, list])),
  ),
  // On at `npm start`, off elsewhere.
  LABELRELAY_ARCHIVE: 'false',
};

afterAll(stopServers);

describe.each<[string, (environment: NodeJS.ProcessEnv) => Promise<Face>]>([
  [
    'the Node server',
    (environment) =>
      startServer({
        LABELRELAY_SOURCES: listed.map(({ source }) => `${source}:labelbox:${SECRET}`).join(),
        ...environment,
      }),
  ],
  [
    'the packaged Lambda',
    async (environment) => {
      const sources = [...SOURCES, ...listed.map(({ source }) => [source, 'labelbox'] as const)];
      const LABELRELAY_SOURCES = sources.map(([name, platform]) => `${name}:${platform}`).join();
      const lambda = await startLambda({ LABELRELAY_SOURCES, ...environment });
      for (const { source } of listed) {
        const secret = { text: SECRET, createdAt: new Date() };
        lambda.proxy.secrets.set(`labelrelay/dev/${source} AWSCURRENT`, secret);
      }
      return lambda;
    },
  ],
])('%s', (_, start) => {
  describe('with allow lists, and without an archive', () => {
    let face: Face;
    beforeAll(async () => {
      face = await start(LISTED);
    });
    afterAll(() => face.stop());

    test.each(listed)(
      'an allow list of $list answers a valid delivery from 127.0.0.1 with $status',
      async ({ source, status }) => {
        const answer = await deliver(face.url, move, {}, `/webhooks/${source}`);
        expect(answer.status).toBe(status);
        // It says nothing of why.
        if (status === 401) expect(answer.json.title).toBe('The credentials are missing or wrong');
        expect(await drain(face.aws)).toHaveLength(status === 202 ? 1 : 0);
      },
    );

    test('another source has no list, and health checks come from anywhere', async () => {
      const body = '{"action":"PROJECT_UPDATED"}';
      const headers = { authorization: `Bearer ${SECRET}` };
      const other = await send(face.url, { path: '/webhooks/label-studio', body, headers });
      expect(other.status).toBe(202);
      expect((await send(face.url, { method: 'GET', path: '/health' })).status).toBe(200);
      await drain(face.aws);
    });

    test('the trace goes into the event as the sender gave it, when it is one', async () => {
      const traced = async (traceparent: string) => {
        await deliver(face.url, move, { traceparent });
        const [received] = await drain(face.aws);
        return received?.event.traceparent;
      };
      const given = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      expect(await traced(given)).toBe(given);
      for (const none of ['junk', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`]) {
        expect(await traced(none)).not.toBe(none);
      }
    });

    test('nothing is archived', async () => {
      expect((await deliver(face.url, move)).status).toBe(202);
      expect(await listObjects(face.aws, '')).toEqual([]);
    });
  });

  test('everything accepted is archived: exact bytes, and no credential', async () => {
    const face = await start({ LABELRELAY_ARCHIVE: 'true' });
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
      keys.map(async (key) => (await readObject(face.aws, `${BUCKET}/${key}`)).toString()),
    );
    for (const record of records) {
      expect(record.slice(record.indexOf('\n') + 1)).toBe(`${body}\nv${id}`);
      expect(record).not.toContain('sha1=');
    }
    expect(records.join()).toContain('delivery-1');
    await face.stop();
  });
});

describe('the packaged Lambda alone', () => {
  let lambda: StartedLambda;
  beforeAll(async () => {
    lambda = await startLambda({ LABELRELAY_ARCHIVE: 'true' });
  });
  afterAll(() => lambda.stop());
  afterEach(() => {
    lambda.proxy.fault = () => undefined;
  });

  test('the trace that AWS began goes into the event', async () => {
    const root = 'Root=1-5759e988-bd862e3fe1be46a994272793';
    for (const [header, expected] of [
      [
        `${root};Parent=53995c3f42cd8ad8;Sampled=1`,
        /^00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01$/,
      ],
      [root, /^00-5759e988bd862e3fe1be46a994272793-(?!0{16})[0-9a-f]{16}-00$/],
    ] as const) {
      await deliver(lambda.url, move, { 'x-amzn-trace-id': header });
      const [received] = await drain(lambda.aws);
      expect(received?.event.traceparent).toMatch(expected);
    }
  });

  test.each([
    ['fails', fails],
    ['hangs', hangs],
  ])('an archive that %s refuses nothing, and is counted', async (_, fault) => {
    await deliver(lambda.url, move);
    const { length } = lambda.output();
    lambda.proxy.fault = (call) => (call.startsWith('PUT archive/') ? fault : undefined);
    const began = performance.now();
    const answer = await deliver(lambda.url, move);
    expect([answer.status, answer.json.held]).toEqual([202, undefined]);
    // A client waits two seconds for an answer.
    expect(performance.now() - began).toBeLessThan(1_900);
    const told = () =>
      lambda
        .output()
        .slice(length)
        .match(/.*"ArchiveFailed":1.*/g) ?? [];
    while (told().length === 0) await setTimeout(5);
    expect(told()).toEqual([
      expect.stringContaining(fault === hangs ? 'expected at most 250 ms' : '"status":500'),
    ]);
    expect(await drain(lambda.aws)).toHaveLength(2);
  });
});
