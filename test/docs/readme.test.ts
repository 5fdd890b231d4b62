import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, test } from '@jest/globals';
import { secretVariables } from '../../lib/config/read-config';
import { topics } from '../../lib/events/topics';
import { type StartedServer, startServer, stopServers } from '../support/faces';

const ROOT = join(__dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const blocksOf = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map(
    ([, block = '']) => block,
  );

const readme = read('README.md');
const httpApi = read('docs/http-api.md');
const { scripts } = JSON.parse(read('package.json'));

afterEach(stopServers);

/** The filters of the pages, for a machine without jq. */
const JQ = `command -v jq > /dev/null || jq() {
  case "$1" in
    'del(.data.native)') ;;
    '.Messages[].Body | fromjson | del(.data.native)') ;;
    *) return 1 ;;
  esac
  node -e 'const input = JSON.parse(fs.readFileSync(0));
    const events = input.Messages?.map(({ Body }) => JSON.parse(Body)) ?? [input];
    for (const event of events) {
      delete event.data.native;
      console.log(JSON.stringify(event, null, 2));
    }'
}
`;

const paste = (script = '', environment: NodeJS.ProcessEnv = {}): string =>
  execFileSync('bash', ['-euc', script], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });

/** The event of README.md; the time of receipt is another one each time. */
const shown = { ...JSON.parse(blocksOf(readme, 'json')[0] ?? ''), recordedtime: 'then' };
const withoutTime = (event: string): unknown => ({ ...JSON.parse(event), recordedtime: 'then' });

const portsOf = (server: StartedServer): NodeJS.ProcessEnv => ({
  PORT: new URL(server.url).port,
  AWS_PORT: new URL(server.aws).port,
});

test('three commands of README.md lead to the event that it shows, and its worker handles it', async () => {
  const server = await startServer({ LABELBOX_WEBHOOK_SECRET: undefined, LABELRELAY_SOURCES: '' });
  const [start = '', sendAndTail = '', ...others] = blocksOf(readme, 'sh');
  expect(start).toBe('npm ci && npm start\n');
  expect(others).toEqual(['npm test\n']);
  // Does the same as npx, without its start-up time of half a second.
  const commands = sendAndTail.replaceAll('npx labelrelay', 'node dist/cli/labelrelay.cjs');
  const printed = paste(JQ + commands, portsOf(server));
  const event = JSON.parse(printed.slice(printed.indexOf('{\n')));
  expect(withoutTime(JSON.stringify(event))).toEqual(shown);

  const handled = await handleWith(blocksOf(readme, 'ts')[0] ?? '', server, event);
  expect(handled).toMatch(/^\[\s+\{\s+id: 'cle357uex0g5307z996y28ic0'.*batchItemFailures: \[\]/s);
});

/** Runs the worker of README.md as a module that has installed the package, on a message with the event. */
async function handleWith(worker: string, server: StartedServer, event: object): Promise<string> {
  const [, endpoint = ''] = /^dynamodb endpoint (.*)$/m.exec(server.output().stdout) ?? [];
  const credentials = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };
  await createMarks(worker, endpoint);
  const folder = mkdtempSync(join(ROOT, 'dist', '.readme-'));
  const records = [
    {
      messageId: '1',
      receiptHandle: 'handle',
      body: JSON.stringify(event),
      attributes: { ApproximateReceiveCount: '1' },
      messageAttributes: {},
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:labelrelay-dev-label-created',
    },
  ];
  try {
    writeFileSync(
      join(folder, 'worker.mjs'),
      `${worker}\nconsole.log(await handler({ Records: ${JSON.stringify(records)} }));\n`,
    );
    return paste(`node ${join(folder, 'worker.mjs')}`, {
      ...credentials,
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function createMarks(worker: string, endpoint: string): Promise<void> {
  const [, TableName] = /table: '([\w-]+)'/.exec(worker) ?? [];
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
  await client.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [{ AttributeName: 'key', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'key', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  client.destroy();
}

test('the curl commands of docs/http-api.md send a delivery and read the queue, as pasted', async () => {
  const server = await startServer({ LABELBOX_WEBHOOK_SECRET: undefined });
  const pasted = blocksOf(httpApi, 'sh')
    .filter((block) => block.includes('curl'))
    .map((block) =>
      block
        .replaceAll('http://127.0.0.1:3000', server.url)
        .replaceAll('http://127.0.0.1:4566', server.aws),
    );
  expect(pasted).toHaveLength(2);
  expect(paste(pasted[0])).toMatch(/^HTTP\/1.1 202 Accepted.*"events":1}$/s);
  expect(withoutTime(paste(JQ + pasted[1]))).toEqual(shown);
});

test.each(['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md'])(
  '%s names only scripts and files that exist',
  (file) => {
    const text = read(file);
    const named = [...text.matchAll(/npm (?:run )?(start|test|[a-z0-9:-]+)(?=[`\s]|$)/g)];
    for (const [, script = ''] of named.filter(([command]) => !/install|npm ci/.test(command))) {
      expect(Object.keys(scripts)).toContain(script);
    }
    for (const [, path = ''] of text.matchAll(/`((?:lib|cli|test|infra|functions)\/[\w./-]+)`/g)) {
      expect([path, existsSync(join(ROOT, path))]).toEqual([path, true]);
    }
  },
);

const pages = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
];

/** The anchor of a heading, as hosts of code make it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

test.each(pages)('every link of %s to a page and a heading leads there', (page) => {
  for (const [link, path = '', anchor] of read(page).matchAll(
    /\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g,
  )) {
    const target = path === '' ? page : join(page, '..', path);
    expect([link, existsSync(join(ROOT, target))]).toEqual([link, true]);
    if (anchor === undefined) continue;
    const headings = [...read(target).matchAll(/^#+ (.*)$/gm)].map(([, text = '']) =>
      anchorOf(text),
    );
    const named = [...read(target).matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id);
    expect([link, [...headings, ...named]]).toEqual([link, expect.arrayContaining([anchor])]);
  }
});

test('every variable that is read is documented, and no other', () => {
  const config = readdirSync(join(ROOT, 'lib/config'))
    .map((file) => read(join('lib/config', file)))
    .join();
  const variables = (text: string) => [...new Set(text.match(/\bLABELRELAY_[A-Z_]+\b/g))].sort();
  const page = read('docs/configuration.md');
  expect(variables(page)).toEqual(variables(config));
  const [pattern, example] = page.match(/`[<>\w]+_WEBHOOK_SECRET`/g) ?? [];
  expect(pattern).toBe('`<PLATFORM>_WEBHOOK_SECRET`');
  expect(secretVariables.map(({ variable }) => `\`${variable}\``)).toContain(example);
});

test('every topic is documented', () => {
  const table = read('docs/events.md').split('## Attributes')[0] ?? '';
  const named = [...table.matchAll(/`([a-z]+(?:\.[a-z]+)?)`(?=[,| ])/g)].map(([, name]) => name);
  expect(
    named.filter((name) => (topics as readonly (string | undefined)[]).includes(name)),
  ).toEqual(topics);
});

test('the pages that newcomers read first are short, and say first what this is', () => {
  const lines = (file: string): number => read(file).trimEnd().split('\n').length;
  expect(lines('README.md')).toBeLessThanOrEqual(150);
  expect(lines('CONTRIBUTING.md')).toBeLessThan(60);
  expect(readme).toMatch(/^# labelrelay\n\nLabelrelay receives webhooks /);
});
