import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { Agent, type OutgoingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dist } from '../support/dist';
import { eventually } from '../support/eventually';
import {
  SECRET,
  type StartedServer,
  startServer,
  stopServers,
  TEAM_SECRET,
} from '../support/faces';
import { drain, listObjects } from '../support/read-queues';
import { deliver, send, sign } from '../support/send';

const ROOT = join(__dirname, '../..');
const START = join(dist(), 'start/index.js');
const delivery = { action: 'APPROVE', projectId: 'p', dataRowIds: ['a'] };

afterAll(stopServers);

const isReachable = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends it cleanly, the embedded services too',
  async (signal) => {
    const server = await startServer();
    expect((await deliver(server.url, delivery)).status).toBe(202);
    const exited = once(server.process, 'exit');
    server.process.kill(signal);
    expect(await exited).toEqual([0, null]);
    expect(await isReachable(server.url)).toBe(false);
    expect(await isReachable(server.aws)).toBe(false);
  },
);

test('a signal to npm alone ends it too', async () => {
  const env = { ...process.env, PORT: '0', AWS_PORT: '0', DYNAMODB_PORT: '0' };
  const npm = spawn('npm', ['start'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'ignore'] });
  const exited = once(npm, 'exit');
  let printed = '';
  for await (const chunk of npm.stdout) {
    printed += chunk;
    if (printed.includes('npx labelrelay --help')) break;
  }
  const [, url = ''] = /^listening on (.*)$/m.exec(printed) ?? [];
  expect(await isReachable(url)).toBe(true);
  npm.kill('SIGTERM');
  await exited;
  await eventually(
    () => isReachable(url),
    (still) => !still,
  );
});

test('the embedded services end when it is killed', async () => {
  const server = await startServer();
  server.process.kill('SIGKILL');
  await once(server.process, 'exit');
  for (let tries = 0; tries < 50 && (await isReachable(server.aws)); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(await isReachable(server.aws)).toBe(false);
});

test('standard output has the addresses and the next commands, standard error warns of the example secret', async () => {
  const server = await startServer({
    LABELBOX_WEBHOOK_SECRET: undefined,
    // The tests' own setting: `npm start` must hide the warning by itself.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: undefined,
  });
  await deliver(server.url, delivery);
  await server.stop();
  const { stdout, stderr } = server.output();
  const dynamoDb = 'dynamodb endpoint http://127\\.0\\.0\\.1:\\d+';
  const bucket = 'bucket labelrelay-dev-deliveries';
  const lines = [`listening on ${server.url}`, `aws endpoint ${server.aws}`, dynamoDb, bucket];
  expect(stdout).toMatch(new RegExp(`^${lines.join('\n')}\n\n`));
  expect(stdout).toContain(
    `PORT=${new URL(server.url).port} AWS_PORT=${new URL(server.aws).port} `,
  );
  expect(stdout).not.toContain('"');
  expect(stderr).toContain('the secret of source labelbox is the published example');
  expect(stderr).toContain('"delivery accepted"');
  expect(stderr).not.toContain('NodeVersionSupportWarning');
});

test('a sender that never finishes does not keep it from ending', async () => {
  const server = await startServer();
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.on('error', () => {});
  socket.write('POST /webhooks/labelbox HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc');
  await once(socket, 'ready').catch(() => {});
  const began = Date.now();
  await server.stop();
  expect(Date.now() - began).toBeLessThan(8_000);
  socket.destroy();
});

describe('with its own settings', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  test('the printed commands work as pasted, and show the event', async () => {
    const { stdout } = server.output();
    // Only the names of secrets are shown.
    expect(stdout).toContain('# export LABELRELAY_SOURCES too, with the same value as here');
    expect(stdout).not.toContain(TEAM_SECRET);
    const commands = stdout
      .slice(stdout.indexOf('in another terminal'))
      .split('\n')
      .filter((line) => /^ {2}(export|npx) /.test(line))
      // It would go on until Ctrl-C.
      .map((line) => line.replace('tail --local', 'tail --local --limit 1 --for 20s'))
      .map((line) => line.replace('npx labelrelay', 'node dist/cli/labelrelay.cjs'));
    expect(commands).toHaveLength(4);
    const { stdout: shown } = await promisify(execFile)('bash', ['-euc', commands.join('\n')], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, HOME: process.env.HOME },
    });
    expect(shown).toContain(' 202 ');
    expect(shown).toContain('"type": "labelrelay.label.created"');
    expect(shown).toContain('Usage: labelrelay');
  });

  test('accepted deliveries are in the archive, and their events in the tap', async () => {
    const archived = (await listObjects(server.aws, 'archive/')).length;
    await drain(server.aws, ['tap']);
    await deliver(server.url, delivery);
    expect(await drain(server.aws, ['tap'])).toHaveLength(1);
    expect(await listObjects(server.aws, 'archive/')).toHaveLength(archived + 1);
  });

  test('the API token in the body of setup is written nowhere', async () => {
    const headers = { authorization: `Bearer ${SECRET}` };
    for (const body of ['{"access_token":"API-TOKEN"}', 'API-TOKEN']) {
      const path = '/training/label-studio/setup';
      expect((await send(server.url, { path, headers, body })).status).toBe(200);
      expect((await send(server.url, { path, body })).status).toBe(401);
    }
    expect(server.output().stderr).not.toContain('API-TOKEN');
  });

  test('with an endpoint nothing is embedded, and missing resources are created', async () => {
    await drain(server.aws);
    const second = await startServer({ AWS_ENDPOINT_URL: server.aws, LABELRELAY_STAGE: 'dev' });
    expect(second.aws).toBe(server.aws);
    expect((await deliver(second.url, delivery)).status).toBe(202);
    expect(await drain(server.aws)).toHaveLength(1);
    await second.stop();
    expect((await deliver(server.url, delivery)).status).toBe(202);
  });
});

describe('with the settings of its user', () => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer({
      LABELBOX_WEBHOOK_SECRET: 'mine',
      LABELRELAY_PRETTY: 'true',
      LABELRELAY_ROUTES: '{"workflow.action":["moves","audit"]}',
      LABELRELAY_TAP: 'false',
      LABELRELAY_ARCHIVE: 'false',
      LABELRELAY_MAX_BODY_BYTES: '1000',
    });
  });
  afterAll(() => server.stop());
  const signed = (secret: string, body: object = delivery) => ({
    'x-hub-signature': sign(JSON.stringify(body), secret),
  });

  test('events are printed as they are sent, each of them once, and go to all queues of their topic', async () => {
    const body = { ...delivery, projectId: 'clears the screen: \u001b[2J \u202e' };
    await deliver(server.url, body, signed('mine', body));
    const [, shown = ''] = /^({\n.*^})\n/ms.exec(server.output().stdout) ?? [];
    const received = await drain(server.aws, ['moves', 'audit']);
    expect(received.map(({ queue }) => queue)).toEqual(['moves', 'audit']);
    for (const { event } of received) expect(JSON.parse(shown)).toEqual(event);
    expect(shown).toMatch(/^ {2}"type": "labelrelay.workflow.action",$/m);
    expect(shown).toContain('clears the screen: \\u001b[2J \\u202e');
    expect(server.output().stdout.match(/"specversion"/g)).toHaveLength(1);
  });

  test('the archive and the tap can be switched off', async () => {
    await deliver(server.url, delivery, signed('mine'));
    expect(await listObjects(server.aws, 'archive/')).toEqual([]);
    await expect(drain(server.aws, ['tap'])).rejects.toThrow();
  });

  test('secrets come from the environment', async () => {
    expect((await deliver(server.url, delivery, signed('mine'))).status).toBe(202);
    expect((await deliver(server.url, delivery, signed(SECRET))).status).toBe(401);
    expect(server.output().stderr).not.toContain('source labelbox is the published example');
    expect(server.output().stderr).not.toContain('mine');
  });

  test('after a chunked body over the limit the connection goes on', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const post = (headers: OutgoingHttpHeaders, chunks: string[]) =>
      new Promise<number>((resolve, reject) => {
        const outgoing = request(
          server.url,
          { agent, method: 'POST', path: '/webhooks/labelbox', headers },
          (response) => response.resume().on('end', () => resolve(response.statusCode ?? 0)),
        );
        outgoing.on('error', reject);
        for (const chunk of chunks) outgoing.write(chunk);
        outgoing.end();
      });
    const body = JSON.stringify(delivery);
    expect(await post({}, ['x'.repeat(900), 'x'.repeat(900), 'x'.repeat(100_000)])).toBe(413);
    expect(await post(signed('mine'), [body])).toBe(202);
    agent.destroy();
  });
});

test('a wrong configuration is named and ends it', () => {
  const result = spawnSync(process.execPath, [START], {
    env: { ...process.env, PORT: 'http', AWS_PORT: '70000', DYNAMODB_PORT: '-1' },
    encoding: 'utf8',
    timeout: 120_000,
  });
  expect(result.status).toBe(1);
  expect(result.stderr).toBe(
    'PORT: expected a whole number from 0 to 65535, got "http"\n' +
      'AWS_PORT: expected a whole number from 0 to 65535, got "70000"\n' +
      'DYNAMODB_PORT: expected a whole number from 0 to 65535, got "-1"\n',
  );
});

test.each(['PORT', 'AWS_PORT', 'DYNAMODB_PORT'])(
  '%s that is taken is named, and nothing is left behind',
  async (variable) => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const result = spawnSync(process.execPath, [START], {
      env: {
        ...process.env,
        PORT: '0',
        AWS_PORT: '0',
        DYNAMODB_PORT: '0',
        [variable]: String(port),
      },
      encoding: 'utf8',
      timeout: 120_000,
    });
    taken.close();
    expect(result.status).toBe(1);
    expect(result.stderr).toMatch(new RegExp(`expected .*${variable} ${port}.*`));
  },
);
