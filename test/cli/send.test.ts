import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually';
import { stopServers, TEAM_SECRET } from '../support/faces';
import { fixtures } from '../support/fixtures';
import { freePort } from '../support/free-port';
import { drain } from '../support/read-queues';
import { runCli } from '../support/run-cli';
import { sign } from '../support/send';
import { type ForCli, startForCli } from '../support/start-for-cli';

let server: ForCli['server'];
let env: ForCli['env'];
let cli: ForCli['cli'];

beforeAll(async () => {
  ({ server, env, cli } = await startForCli());
});
afterAll(stopServers);

test('a fixture is signed, sent, and in its queue', async () => {
  const { code, stdout } = await cli('send', 'v1-label-created-2023');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^DELIVERY .*\nlabelbox\/v1-label-created-2023 {2}202 +1 /);
  expect((await drain(server.aws)).map(({ queue }) => queue)).toEqual(['label-created']);
});

test('every fixture, a fifth of them twice, in an order that a seed makes again', async () => {
  const all = fixtures();
  const args = ['--all', '--shuffle', '--duplicate', '20%', '--seed', '7', '--json'];
  const [one, other] = [await cli('send', ...args), await cli('send', ...args)];
  expect([...one.json, ...other.json].filter(({ status }) => status !== 202)).toEqual([]);
  // A busy machine may hold some, which the exit code tells.
  const codeOf = (rows: { held?: boolean }[]) => (rows.some(({ held }) => held) ? 3 : 0);
  expect([one.code, other.code]).toEqual([one, other].map(({ json }) => codeOf(json)));
  const counted = new Map<string, number>();
  for (const { platform, name } of one.json) {
    counted.set(`${platform}/${name}`, (counted.get(`${platform}/${name}`) ?? 0) + 1);
  }
  expect([...counted.keys()].sort()).toEqual(
    all.map(({ platform, name }) => `${platform}/${name}`).sort(),
  );
  expect([...counted.values()].filter((times) => times === 2)).toHaveLength(
    Math.round(all.length * 0.2),
  );
  // Each event arrived as often as its delivery was sent, in both runs.
  const expected = all.flatMap(({ platform, name, events }) =>
    Array(2 * (counted.get(`${platform}/${name}`) ?? 0)).fill(events.length),
  );
  const sum = expected.reduce((total, each) => total + each, 0);
  let arrived = 0;
  await eventually(
    async () => (arrived += (await drain(server.aws)).length),
    (n) => n >= sum,
  );
  expect(arrived).toBe(sum);
});

test('a file of the user, for another source, with members changed', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'labelrelay-cli-')), 'mine.json');
  writeFileSync(file, fixtures().find(({ name }) => name === 'v1-label-created-2023')?.body ?? '');
  const { code } = await runCli(
    [
      ...['send', file, '--source', 'team-b', '--event', 'LABEL_UPDATED'],
      ...['--set', 'dataRow.externalId=row 7', '--set', 'project.id="42"'],
    ],
    { ...env, LABELRELAY_SOURCES: `team-b:labelbox:${TEAM_SECRET}` },
  );
  expect(code).toBe(0);
  const [{ event } = { event: {} }] = await drain(server.aws);
  expect(event).toMatchObject({
    source: '/team-b',
    type: 'labelrelay.label.updated',
    partitionkey: 'team-b/42',
    data: { dataRow: { externalId: 'row 7' } },
  });
});

test('repetitions are numbered, so that each is a label of its own', async () => {
  const { code, stdout, stderr } = await cli(
    ...['send', 'v1-label-created-2023', '--repeat', '25', '--set', 'id=load-{n}'],
    ...['--set', 'dataRow.externalId=row {n} of {n}', '--shuffle', '--seed', '3'],
  );
  expect([code, stderr]).toEqual([0, 'to repeat this order: --seed 3\n']);
  expect(stdout).toMatch(
    /^DELIVERY +STATUS +SENT +EVENTS +MEAN MS +PROBLEM\nlabelbox\/v1-label-created-2023 +202 +25 +25 +\d+ *\n$/,
  );
  const events = (await drain(server.aws)).map(({ event }) => event);
  const numbers = Array.from({ length: 25 }, (_, index) => index + 1);
  expect(events.map(({ subject }) => subject).sort()).toEqual(
    numbers.map((n) => `label/load-${n}`).sort(),
  );
  for (const { subject, data } of events) {
    const n = String(subject).replace('label/load-', '');
    expect(data).toMatchObject({ dataRow: { externalId: `row ${n} of ${n}` } });
  }
  expect(new Set(events.map(({ id }) => id)).size).toBe(25);
});

test('repetitions without a number are one event, and the command says so', async () => {
  const { code, json, stderr } = await cli('send', 'project-created', '--repeat', '3', '--json');
  expect([code, json]).toEqual([
    0,
    [expect.objectContaining({ name: 'project-created', status: 202, sent: 3, events: 3 })],
  ]);
  expect(stderr).toContain('each repetition is the same delivery');
  expect(new Set((await drain(server.aws)).map(({ event }) => event.id)).size).toBe(1);
});

test.each([
  [['--repeat', '0'], 'Expected a whole number from 1'],
  [['--repeat', '2.5'], 'Expected a whole number from 1'],
  [['--repeat', '-3'], 'Expected a whole number from 1'],
  [['--repeat', 'many'], 'Expected a whole number from 1'],
  [['--repeat', '1000001'], 'expected at most 1000000 deliveries, got 1000001 times 1'],
  [['--repeat', '2', '--set', 'a.b.c={n}'], 'expected the path of a member of the body, got a.b.c'],
  [['--repeat', '2', '--set', '{n}'], 'expected path=value, got {n}'],
])('send with %j says what is wrong, and sends nothing', async (args, problem) => {
  const { code, stderr, stdout } = await cli('send', 'v1-label-created-2023', ...args);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(problem);
  expect(await drain(server.aws)).toEqual([]);
});

test('rejected deliveries end in 3, a delivery that cannot be sent in 2 or 4', async () => {
  const wrong = await runCli(['send', 'project-created'], {
    ...env,
    LABEL_STUDIO_WEBHOOK_SECRET: 'wrong',
  });
  expect([wrong.code, wrong.stdout]).toEqual([3, expect.stringMatching(/401 .*credentials/)]);
  const absent = await cli('send', 'nothing-of-that-name');
  expect([absent.code, absent.stderr]).toEqual([
    4,
    'error: expected a fixture (labelrelay send --list) or a file, got nothing-of-that-name\n',
  ]);
  const folder = await cli('send', tmpdir());
  expect([folder.code, folder.stderr]).toEqual([4, expect.stringContaining('or a file, got')]);
  const both = await cli('send', '--all', 'project-created');
  expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('--all alone')]);
  const unknown = await cli('send', 'v1-label-created-2023', '--source', 'team-c');
  expect([unknown.code, unknown.stderr]).toEqual([
    2,
    expect.stringContaining(
      'is not set here. Set the same value as for `npm start`: LABELRELAY_SOURCES=team-c:labelbox:<secret>',
    ),
  ]);
  const source = await cli('send', 'v1-label-created-2023', '--source', 'label-studio');
  expect([source.code, source.stderr]).toEqual([
    2,
    expect.stringContaining('a source of labelbox (labelbox), got label-studio'),
  ]);
  expect((await cli('send')).code).toBe(2);
  expect((await cli('send', '--rate', 'fast', '--all')).stderr).toContain(
    'Expected a rate such as 50/s',
  );
  const noPlace = await cli('send', 'project-created', '--set', 'project.title.x=1');
  expect([noPlace.code, noPlace.stderr]).toEqual([
    2,
    expect.stringContaining('the path of a member'),
  ]);
  const port = await freePort();
  const nobody = await runCli(['send', 'project-created'], { ...env, PORT: String(port) });
  expect([nobody.code, nobody.stdout]).toEqual([
    3,
    expect.stringContaining(`nothing answers at 127.0.0.1:${port} (ECONNREFUSED)`),
  ]);
});

interface Request {
  readonly url?: string;
  readonly signature: unknown;
  readonly body: string;
}

/** A receiver that is none of ours: it answers without a body. */
async function startOther(host: string) {
  const requests: Request[] = [];
  const other: Server = createServer(async (incoming, response) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    requests.push({ url: incoming.url, signature: incoming.headers['x-hub-signature'], body });
    response.writeHead(204).end();
  }).listen(0, host);
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  return { url: `http://${host}:${port}`, requests, stop: () => other.close() };
}

test('any receiver, with a secret that is shown nowhere', async () => {
  const other = await startOther('127.0.0.1');
  const { code, stdout, stderr } = await runCli(
    ['send', 'workflow-action-approve', '--url', `${other.url}/base/`],
    { LABELRELAY_SECRET: 'S3CRET' },
  );
  other.stop();
  expect(code).toBe(0);
  expect(stdout + stderr).not.toMatch(/S3CRET|undefined/);
  const [{ url, signature, body } = { body: '' }] = other.requests;
  expect(url).toBe('/base/webhooks/labelbox');
  expect(signature).toBe(sign(body, 'S3CRET'));
});

test('the secret of a deployment goes to nobody else', async () => {
  // Another machine's, as far as anybody can tell by its address.
  const other = await startOther('0.0.0.0');
  const sent = ['send', 'project-created', '--url', other.url];
  for (const environment of [env, {}, { ...env, LABELRELAY_STAGE: 'none' }]) {
    const { code, stderr } = await runCli(sent, environment);
    expect([code, stderr]).toEqual([2, expect.stringContaining('expected LABELRELAY_SECRET')]);
  }
  other.stop();
  expect(other.requests).toEqual([]);

  const onThisMachine = await cli('send', 'project-created', '--url', server.url);
  expect(onThisMachine.code).toBe(0);
  await drain(server.aws);
});

test('at 50 in a second, nine take at least 8 x 20 ms', async () => {
  const began = performance.now();
  const { json } = await cli(
    ...['send', ...Array(9).fill('project-created'), '--rate', '50/s', '--json'],
  );
  expect(json).toHaveLength(9);
  expect(performance.now() - began).toBeGreaterThan(160);
  await drain(server.aws);
});
