import { expect, test } from '@jest/globals';
import { tools } from '../../lib/platforms/tools-of';
import { freePort } from '../support/free-port';
import { helps } from '../support/helps';
import { runCli } from '../support/run-cli';
import { fails, startServiceStub } from '../support/service-stub';

test('every command has help with examples, no line wider than a terminal', async () => {
  const known = await helps();
  expect(known.size).toBeGreaterThan(1);
  for (const [path, text] of known) {
    const [, examples = ''] = /\nExamples:\n(.*)$/s.exec(text) ?? [];
    expect([path, examples.match(/^ {2}\$ .*labelrelay /gm)?.length ?? 0]).not.toEqual([path, 0]);
    expect(text).toContain('--json');
    expect(text).not.toContain('\x1b');
    const described = text.slice(0, text.indexOf('\nExamples:'));
    expect([path, described.split('\n').filter((line) => line.length > 80)]).toEqual([path, []]);
  }
});

test('the help of webhooks names each platform, and the variables of its API', async () => {
  const help = (await helps()).get('webhooks') ?? '';
  const names = Object.keys(tools).join(', ');
  expect(help).toContain(`The webhooks of ${names}\n`);
  for (const { apiKeyVariable, urlVariable } of Object.values(tools)) {
    expect(help).toContain(`${apiKeyVariable}, ${urlVariable}\n`);
  }
});

test.each(['', 'dlq', 'dlq show'])('labelrelay %s --help prints it, with 0', async (path) => {
  const { code, stdout } = await runCli([...path.split(' ').filter(Boolean), '--help']);
  expect([code, stdout]).toEqual([0, (await helps()).get(path)]);
});

test('a mistake in the arguments is told, with 2', async () => {
  const { code, stderr } = await runCli(['send', '--shufle']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('Did you mean --shuffle?')]);
});

test('help of a command below another, and of none that there is', async () => {
  const { code, stdout } = await runCli(['help', 'dlq', 'show']);
  expect([code, stdout]).toEqual([0, expect.stringContaining('Usage: labelrelay dlq show ')]);
  const short = await runCli(['dlq', 'help', 'show']);
  expect([short.code, short.stdout]).toEqual([0, stdout]);
  expect((await runCli(['help'])).stdout).toContain('Usage: labelrelay [options] [command]');
  const unknown = [
    ['help', 'dlq', 'lst'],
    ['dlq', 'lst'],
    ['dql', 'list'],
    ['secrets', '--help'],
    ['dlq', 'lst', '--help'],
  ];
  for (const args of unknown) {
    const { code, stderr } = await runCli(args);
    expect([args, code, stderr]).toEqual([args, 2, expect.stringContaining('--help')]);
    expect(stderr).toContain('unknown command');
  }
  expect((await runCli(['dql', 'list'])).stderr).toContain('Did you mean dlq?');
});

test.each([
  ['ExpiredTokenException', 'log in again'],
  ['AccessDeniedException', 'does not allow this call'],
  ['InvalidClientTokenId', 'log in again'],
])('credentials that AWS refuses with %s end in 6', async (type, advice) => {
  const aws = await startServiceStub(fails(403, type));
  const { code, stderr } = await runCli(['dlq', 'list'], { AWS_ENDPOINT_URL: aws.origin });
  aws.stop();
  expect([code, stderr]).toEqual([6, expect.stringContaining(advice)]);
});

test('without credentials it gives the remedy, with exit code 6', async () => {
  const { code, stderr } = await runCli(['send', 'project-created']);
  expect([code, stderr]).toEqual([6, expect.stringContaining('set AWS_PROFILE')]);
});

test('an address where nothing answers is named, with 1', async () => {
  const port = await freePort();
  const { code, stderr } = await runCli(['dlq', 'list'], {
    AWS_ENDPOINT_URL: `http://localhost:${port}`,
  });
  const named = new RegExp(`nothing answers at (127\\.0\\.0\\.1|::1):${port} \\(ECONNREFUSED\\)`);
  expect([code, stderr]).toEqual([1, expect.stringMatching(named)]);
});
