import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dist } from '../support/dist';

const ROOT = join(__dirname, '../..');
const DIST = dist();

const TSC = join(ROOT, 'node_modules/.bin/tsc');
const OPTIONS =
  '--ignoreConfig --noEmit --strict --skipLibCheck --module nodenext --target es2023 --types node'.split(
    ' ',
  );

const { devDependencies: versions } = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
) as { devDependencies: Record<string, string> };

/** A project elsewhere that has installed the package. */
let project = '';
let files: string[] = [];

const run = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { cwd: project, encoding: 'utf8' });

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'labelrelay-package-'));
  const [{ filename, files: packed }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', project], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  files = packed.map(({ path }: { path: string }) => path);
  writeFileSync(join(project, 'package.json'), '{ "private": true }');
  // The package needs the clients; the documentation and the compiler need the others.
  const others = [
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-s3',
    '@aws-sdk/client-sqs',
    '@types/node',
    'sqs-consumer',
  ].map((name) => `${name}@${versions[name]}`);
  const options = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
  run('npm', 'install', ...options, join(project, filename), ...others);
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

test('it contains only the modules that users import', () => {
  const folders = [...new Set(files.map((path) => /^(dist\/)?[^/]+/.exec(path)?.[0]))];
  expect(folders.sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'dist/cli',
    'dist/inspector',
    'dist/testing',
    'dist/types',
    'dist/worker',
    'docs',
    'package.json',
  ]);
});

test('it brings nothing that only the receiver or the command line needs', () => {
  const { dependencies, peerDependencies } = JSON.parse(
    readFileSync(join(project, 'node_modules/labelrelay/package.json'), 'utf8'),
  );
  expect(Object.keys({ ...dependencies, ...peerDependencies }).sort()).toEqual([
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-s3',
    '@aws-sdk/client-sqs',
    '@types/aws-lambda',
    'zod',
  ]);
  const clients = readdirSync(join(project, 'node_modules/@aws-sdk')).filter((name) =>
    name.startsWith('client-'),
  );
  expect(clients.sort()).toEqual(['client-dynamodb', 'client-s3', 'client-sqs']);
});

test('a worker has nothing of the receiving side', () => {
  for (const file of ['index.cjs', 'index.mjs']) {
    const bundle = readFileSync(join(DIST, 'worker', file), 'utf8');
    expect(bundle).toContain('createWorker');
    expect(bundle).not.toMatch(/x-hub-signature|webhooks|SecretsManager/);
  }
});

const USE = `
const worker = createWorker(
  { 'label.created': ({ id }) => console.log('handled', id) },
  { guard: inOrder(memoryMarks()) },
);
const event = buildEvent('label.created', {}, { id: 'one', subject: 'label/1' });
const body = JSON.stringify(event);
(async () => console.log(await worker(body), await worker(body)))();
`;

const PROGRAMS = {
  'index.cjs': `
    const { createWorker, inOrder } = require('labelrelay/worker');
    const { buildEvent, memoryMarks } = require('labelrelay/testing');`,
  'index.mjs': `
    import { createWorker, inOrder } from 'labelrelay/worker';
    import { buildEvent, memoryMarks } from 'labelrelay/testing';`,
};

test.each([20, 22, 24])('it runs on Node.js %i, required and imported', (version) => {
  for (const [file, imports] of Object.entries(PROGRAMS)) {
    writeFileSync(join(project, file), imports + USE);
  }
  const both = Object.keys(PROGRAMS)
    .map((file) => `node ${file}`)
    .join(' && ');
  const command = `node --version && ${both}`;
  const output = process.version.startsWith(`v${version}.`)
    ? run('sh', '-c', command)
    : run('npx', '-y', '--prefer-offline', '-p', `node@${version}`, '-c', command);
  const [running, ...lines] = output.trim().split('\n');
  expect(running).toMatch(`v${version}.`);
  expect(lines).toEqual(Array(2).fill(['handled one', 'done duplicate']).flat());
});

test('the code in README.md and in pages compiles', () => {
  const text = ['README.md', 'docs/workers.md', 'docs/datasets.md']
    .map((file) => readFileSync(join(ROOT, file), 'utf8'))
    .join();
  const blocks = [...text.matchAll(/```ts\n(.*?)```/gs)].map(([, block = '']) => block);
  expect(blocks.length).toBeGreaterThan(3);
  const names = blocks.map((block, index) => {
    writeFileSync(join(project, `block-${index}.mts`), block);
    return `block-${index}.mts`;
  });
  expect(run(TSC, ...OPTIONS, ...names)).toBe('');
});

test('the test of a worker in docs/workers.md passes, and fails if its handler is wrong', () => {
  const [, shown = ''] =
    /## Test it\n\n```ts\n(.*?)```/s.exec(readFileSync(join(ROOT, 'docs/workers.md'), 'utf8')) ??
    [];
  const tsx = pathToFileURL(join(ROOT, 'node_modules/tsx/dist/loader.mjs')).href;
  const result = (file: string, text: string): number | null => {
    writeFileSync(join(project, file), text);
    return spawnSync(process.execPath, ['--import', tsx, '--test', file], { cwd: project }).status;
  };
  expect(result('shown.test.mts', shown)).toBe(0);
  const wrong = shown.replace('=> id; // your handler', '=> id.slice(1);');
  expect(wrong).not.toBe(shown);
  expect(result('wrong.test.mts', wrong)).toBe(1);
});

test('its types guide: the example compiles, a handler that misreads its event does not', () => {
  cpSync(join(ROOT, 'docs/examples/count-boxes.ts'), join(project, 'right.ts'));
  const wrong = readFileSync(join(project, 'right.ts'), 'utf8')
    .replace('data.labels ?? []', 'data.review ?? []')
    .replace("'label.deleted': count", "'label.eaten': count");
  writeFileSync(join(project, 'wrong.ts'), wrong);
  let problems = '';
  try {
    run(TSC, ...OPTIONS, 'right.ts', 'wrong.ts');
  } catch (error) {
    problems = (error as { stdout: string }).stdout;
  }
  expect(problems).not.toContain('right.ts');
  expect(problems).toContain("'review' does not exist");
  expect(problems).toContain("'label.eaten'");
});

test('the command line runs by itself, and nothing of it is in a function', () => {
  expect(
    run(process.execPath, 'node_modules/labelrelay/dist/cli/labelrelay.cjs', '--version'),
  ).toBe('0.1.0\n');
  expect(
    run(process.execPath, 'node_modules/labelrelay/dist/cli/labelrelay.cjs', 'send', '--list'),
  ).toContain('v1-label-created-2023');
  for (const name of ['receive', 'redeliver', 'label-store']) {
    const { sources } = JSON.parse(readFileSync(join(DIST, name, 'index.js.map'), 'utf8')) as {
      sources: string[];
    };
    // Redelivery asks CloudWatch for the age of messages.
    const clients =
      name === 'redeliver' ? 'lambda|cloudformation' : 'lambda|cloudformation|cloudwatch';
    const isForeign = new RegExp(`/cli/|commander|client-(${clients})`);
    const foreign = sources.filter((path) => isForeign.test(path));
    expect([name, foreign]).toEqual([name, []]);
  }
});
