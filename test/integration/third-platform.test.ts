import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type StartedServer, startServer, stopServers } from '../support/faces';
import { drain } from '../support/read-queues';
import { send, sign } from '../support/send';
import { TSX } from '../support/tsx';

const ROOT = join(__dirname, '../..');
const ACME = join(ROOT, 'test/third-platform');

/** This project with a platform more, added as CONTRIBUTING.md says: a folder, its fixtures, and one table. */
const copy = mkdtempSync(join(tmpdir(), 'third-platform-'));

const run = (command: string[], env: NodeJS.ProcessEnv = {}) =>
  promisify(execFile)(process.execPath, command, { cwd: copy, env: { ...process.env, ...env } });
const runJest = (...args: string[]) =>
  run([join(ROOT, 'node_modules/jest/bin/jest.js'), '--maxWorkers', '1', ...args], {
    PROPERTY_RUNS: '30',
  });

beforeAll(async () => {
  for (const entry of [
    ...['cli', 'functions', 'infra', 'inspector', 'lib', 'test', 'docs'],
    'package.json',
  ]) {
    cpSync(join(ROOT, entry), join(copy, entry), { recursive: true });
  }
  for (const entry of [
    'tsconfig.json',
    'tsconfig.types.json',
    'jest.config.json',
    'serverless.yml',
  ]) {
    cpSync(join(ROOT, entry), join(copy, entry));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));

  const folder = join(copy, 'lib/platforms/acme');
  cpSync(join(ACME, 'acme'), folder, { recursive: true });
  for (const file of readdirSync(folder)) {
    const code = readFileSync(join(folder, file), 'utf8');
    writeFileSync(join(folder, file), code.replaceAll('../../../lib/', '../../'));
  }
  cpSync(join(ACME, 'fixtures'), join(copy, 'test/fixtures/acme'), { recursive: true });
  const table = join(copy, 'lib/platforms/platforms.ts');
  const lines = readFileSync(table, 'utf8').replace('{ labelbox,', '{ acme, labelbox,');
  writeFileSync(table, `import { acme } from './acme/acme';\n${lines}`);
  await run([...TSX, 'infra/bundle.ts']);
});
afterEach(stopServers);
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const cli = (server: StartedServer, ...args: string[]) =>
  run(['dist/cli/labelrelay.cjs', ...args, '--json'], {
    AWS_ENDPOINT_URL: server.aws,
    AWS_ENDPOINT_URL_DYNAMODB: /^dynamodb endpoint (.*)$/m.exec(server.output().stdout)?.[1],
    PORT: new URL(server.url).port,
  });

test('it accepts signed deliveries, and rejects others', async () => {
  const server = await startServer({ ACME_WEBHOOK_SECRET: 'key' }, join(copy, 'dist'));
  const body = JSON.stringify({ event: 'DONE', thing: 7, at: '2026-01-01T01:00:00+01:00' });
  const path = '/webhooks/acme';
  const signed = (secret: string) => ({ 'x-acme-signature': sign(body, secret, 'sha256') });
  expect((await send(server.url, { path, body })).status).toBe(401);
  expect((await send(server.url, { path, body, headers: signed('other') })).status).toBe(401);
  expect((await send(server.url, { path, body, headers: signed('key') })).status).toBe(202);
  const [received] = await drain(server.aws);
  expect(received).toMatchObject({
    queue: 'label-updated',
    event: { source: '/acme', subject: 'label/7', sequence: '2026-01-01T00:00:00.000000Z-1' },
  });
});

test('the command line signs its deliveries and examines it', async () => {
  const server = await startServer({}, join(copy, 'dist'));
  const sent = await cli(server, 'send', 'acme/done');
  expect(JSON.parse(sent.stdout)).toMatchObject([{ platform: 'acme', status: 202, events: 1 }]);
  const examined = await cli(server, 'doctor').catch((error) => error);
  const findings = JSON.stringify(JSON.parse(examined.stdout));
  expect(findings).toMatch(/"secret acme"[^}]*is accepted, and a wrong one is rejected/);
  expect(findings).toMatch(/"webhooks acme"[^}]*not checked: look in acme itself/);
  expect(findings).toMatch(/"reconcile acme"[^}]*the labels of acme cannot be listed"}/);
});

test('its fixtures hold in the contract and in the properties', async () => {
  const suites = [
    'test/contract/node-server',
    'test/property/platforms',
    'test/unit/inspector/mask',
  ];
  const { stderr } = await runJest(...suites, '-t', 'acme: done|platform acme|of acme');
  expect(stderr).toMatch(/Test Suites: 3 passed/);
  expect(stderr).toMatch(/Tests: .* 10 passed/);
});

test('it is fuzzed', async () => {
  const fuzz = ['--expose-gc', ...TSX, 'test/fuzz/run.ts', '2000'];
  // On a busy machine a request of another platform's training may run out of time, which is 503.
  const { stderr } = await run(fuzz).catch((error) => error);
  expect(stderr).toMatch(/2000 deliveries, .* forged = 0, /);
  expect(stderr).not.toMatch(/path: '[^']*acme/);
});
