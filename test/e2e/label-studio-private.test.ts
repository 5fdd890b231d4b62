import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SECRET, startServer, stopServers } from '../support/faces';
import { runCli } from '../support/run-cli';
import { type LabelStudio, startLabelStudio } from './label-studio-server';

let studio: LabelStudio;
let env: Record<string, string>;

beforeAll(async () => {
  const [started, server] = await Promise.all([
    startLabelStudio({ takesPrivate: false }),
    startServer(),
  ]);
  studio = started;
  env = {
    AWS_ENDPOINT_URL: server.aws,
    PORT: new URL(server.url).port,
    LABEL_STUDIO_URL: studio.url,
    LABEL_STUDIO_API_KEY: studio.token,
    LABEL_STUDIO_WEBHOOK_SECRET: SECRET,
  };
}, 900_000);

afterAll(async () => {
  await studio?.stop();
  await stopServers();
});

test.each([
  ['a private address', [], /private address.*SSRF_PROTECTION_ENABLED=false/s],
  [
    'a host that does not resolve',
    ['--url', 'http://receiver.invalid/webhooks/label-studio'],
    /cannot resolve receiver\.invalid/,
  ],
])('%s is told in our words', async (_, more, message) => {
  const { id } = await studio.call('POST', '/api/projects/', { title: 'Private' });
  const args = ['webhooks', 'create', 'label-studio', '--project', String(id), ...more];
  const { code, stderr } = await runCli(args, env);
  expect([code, stderr]).toEqual([5, expect.stringMatching(message)]);
});
