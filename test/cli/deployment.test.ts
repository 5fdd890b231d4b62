import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { stopServers } from '../support/faces';
import { freePort } from '../support/free-port';
import { runCli } from '../support/run-cli';
import { type ForCli, startForCli } from '../support/start-for-cli';

let server: ForCli['server'];
let env: ForCli['env'];
let cli: ForCli['cli'];

beforeAll(async () => {
  ({ server, env, cli } = await startForCli());
});
afterAll(stopServers);

test.each([['doctor'], ['dlq', 'list'], ['held', 'list']])(
  'a stage that nobody has: %s %s',
  async (...command) => {
    const { code, stdout, stderr } = await cli('--stage', 'nobodys', ...command);
    expect([code, stdout, stderr]).toEqual([
      4,
      '',
      expect.stringContaining('labelrelay-nobodys-*'),
    ]);
  },
);

test('LABELRELAY_URL is the address of the deployment, with or without the path', async () => {
  const PORT = String(await freePort());
  for (const LABELRELAY_URL of [`${server.url}/`, `${server.url}/webhooks/labelbox`]) {
    const sent = await runCli(['send', 'project-created'], { ...env, PORT, LABELRELAY_URL });
    expect([sent.code, sent.stdout]).toEqual([0, expect.stringContaining(' 202 ')]);
  }
  for (const url of [server.url, `${server.url}/webhooks/labelbox/`]) {
    const { code } = await runCli(['doctor', '--url', url, '--no-probe'], { ...env, PORT });
    expect(code).toBe(0);
  }
});

test('--local is `npm start` of this machine, wherever AWS_ENDPOINT_URL leads', async () => {
  const elsewhere = `http://127.0.0.1:${await freePort()}`;
  const { code, stdout } = await runCli(['dlq', 'list', '--local'], {
    AWS_PORT: new URL(server.aws).port,
    AWS_ENDPOINT_URL: elsewhere,
    LABELRELAY_URL: elsewhere,
  });
  expect([code, stdout]).toEqual([0, 'no dead letters\n']);
});

test('text that is no URL is refused with 2', async () => {
  const variables = await runCli(['dlq', 'list'], {
    AWS_ENDPOINT_URL: '127.0.0.1:4566',
    LABELRELAY_URL: 'localhost',
  });
  expect([variables.code, variables.stderr]).toEqual([
    2,
    expect.stringMatching(/AWS_ENDPOINT_URL: expected a URL.*\nLABELRELAY_URL: expected a URL/),
  ]);
  for (const args of [
    ['doctor', '--url', 'foo'],
    ['send', 'project-created', '--url', '127.0.0.1:3900'],
  ]) {
    const { code, stderr } = await cli(...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining('Expected a URL such as https:')]);
  }
});

test('a topic that is routed elsewhere names its queue, where it is one', async () => {
  const routes = { 'label.created': ['labels'], 'label.updated': ['labels', 'audit'] };
  const { env } = await startForCli({ LABELRELAY_ROUTES: JSON.stringify(routes) });
  const show = (name: string) =>
    runCli(['dlq', 'show', name], { ...env, LABELRELAY_ROUTES: JSON.stringify(routes) });
  expect(await show('label.created')).toMatchObject({ code: 0, stdout: 'no dead letters\n' });
  expect(await show('label.updated')).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('expected a queue of audit, labels, got'),
  });
  expect((await show('label.eaten')).code).toBe(4);
});
