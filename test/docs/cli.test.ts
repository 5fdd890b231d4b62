import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from '@jest/globals';
import { EXIT } from '../../cli/command/exit-code';
import { startServer, stopServers } from '../support/faces';
import { helps } from '../support/helps';

const ROOT = join(__dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/cli.md'), 'utf8');

afterAll(stopServers);

test('the commands work as pasted, with `npm start`', async () => {
  const server = await startServer({
    LABELRELAY_SOURCES: 'team-b:label-studio:another_example_secret',
    LABELRELAY_MILESTONES:
      '[{"name": "retrain", "on": ["label.created"], "by": "project", "count": 500}]',
  });
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    PORT: new URL(server.url).port,
    AWS_PORT: new URL(server.aws).port,
    DYNAMODB_PORT: /^dynamodb endpoint .*:(\d+)$/m.exec(server.output().stdout)?.[1],
  };
  const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block);
  expect(blocks.length).toBeGreaterThan(5);
  for (const block of blocks) {
    const lines = block.trim().split('\n');
    // As npx would, without its half a second. A busy machine may hold some of many deliveries: then the code is 3.
    const script = lines.map((line) =>
      line
        .replace('npx labelrelay', 'node dist/cli/labelrelay.cjs')
        .replace(/ send --all .*/, '$& || test $? -eq 3'),
    );
    const { stdout } = await promisify(execFile)('bash', ['-euc', script.join('\n')], {
      cwd: ROOT,
      env,
    });
    expect([block, stdout.length > 0]).toEqual([block, true]);
  }
});

const pages = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
];
/** A command line with its options, in a block, in backticks or in an example. */
const COMMAND = /(?:npx |`|\$ (?:\w+=\S+ )?)labelrelay ([a-z]+)(?: ([a-z]+)\b(?!-))?([^`\n|;]*)/g;

test('every command and option that a page or a help names exists', async () => {
  const known = await helps();
  const texts = [...pages.map((file) => readFileSync(join(ROOT, file), 'utf8')), ...known.values()];
  const named = texts.flatMap((text) => [...text.matchAll(COMMAND)]);
  expect(named.length).toBeGreaterThan(60);
  for (const [whole, first = '', second = '', rest = ''] of named) {
    const text = known.get(`${first} ${second}`) ?? known.get(first);
    expect([whole, text]).toEqual([whole, expect.any(String)]);
    for (const [option] of rest.matchAll(/(?<= )--[a-z-]+/g)) {
      expect([whole, text]).toEqual([whole, expect.stringContaining(option)]);
    }
  }
});

test('every exit code is in the page and in the help', async () => {
  const overview = (await helps()).get('');
  const codes = Object.values(EXIT).map(String);
  expect([...page.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => code)).toEqual(codes);
  for (const code of codes) expect(overview).toMatch(new RegExp(`\\b${code} \\w`));
});
