import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { startServer, stopServers } from '../support/faces';

const ROOT = join(__dirname, '../..');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const commands = [...readme.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block);
const scripts = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts;

afterEach(stopServers);

/** What that one filter does, where there is no jq. */
const JQ = `command -v jq > /dev/null || jq() {
  [ "$1" = '.Messages[].Body | fromjson | del(.data.native)' ]
  node -e 'const { Messages } = JSON.parse(fs.readFileSync(0)); for (const { Body } of Messages)
    console.log(JSON.stringify(JSON.parse(Body), (key, value) => key === "native" ? undefined : value))'
}
`;

test('the commands that send a delivery and read the queue work as pasted', async () => {
  const server = await startServer({ LABELBOX_WEBHOOK_SECRET: undefined });
  const pasted = commands
    .filter((block) => block.includes('curl'))
    .map((block) =>
      block
        .replaceAll('http://127.0.0.1:3000', server.url)
        .replaceAll('http://127.0.0.1:4566', server.aws),
    );
  expect(pasted).toHaveLength(2);
  const run = (script = '') =>
    execFileSync('bash', ['-euc', JQ + script], { cwd: ROOT, encoding: 'utf8' });
  expect(run(pasted[0])).toMatch(/^HTTP\/1.1 202 Accepted.*"events":1}$/s);
  const event = JSON.parse(run(pasted[1]));
  const [, shown = ''] = /```json\n(.*?)```/s.exec(readme) ?? [];
  expect({ ...event, recordedtime: 'then' }).toEqual({
    ...JSON.parse(shown),
    recordedtime: 'then',
  });
});

test.each(['README.md', 'CONTRIBUTING.md'])(
  '%s names only scripts and files that exist',
  (file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    const named = [...text.matchAll(/npm (?:run )?(start|test|[a-z0-9:-]+)(?=[`\s]|$)/g)];
    for (const [, script = ''] of named.filter(([command]) => !/install/.test(command))) {
      expect(Object.keys(scripts)).toContain(script);
    }
    for (const [, path = ''] of text.matchAll(/`((?:lib|test|infra|functions)\/[\w./-]+)`/g)) {
      expect(() => readFileSync(join(ROOT, path))).not.toThrow(/ENOENT/);
    }
  },
);

test('every variable that is read is documented, and no other', () => {
  const config = readdirSync(join(ROOT, 'lib/config'))
    .map((file) => readFileSync(join(ROOT, 'lib/config', file), 'utf8'))
    .join();
  const variables = (text: string) => [
    ...new Set(text.match(/\b(LABELRELAY_[A-Z_]+|LABEL[A-Z_]+_WEBHOOK_SECRET)\b/g)),
  ];
  // Set by the template, not by people.
  const internal = ['LABELRELAY_QUEUE_URL_BASE', 'LABELRELAY_BUCKET'];
  const read = variables(config).filter((name) => !internal.includes(name));
  expect(variables(readme).sort()).toEqual(read.sort());
});

test('the pages that newcomers read first are short', () => {
  expect(readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8').split('\n').length).toBeLessThan(66);
});
