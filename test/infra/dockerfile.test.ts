import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { scripts } from '../../package.json';

const ROOT = join(__dirname, '../..');
const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
const copied = [...dockerfile.matchAll(/^COPY (?!--)(.*) \S+$/gm)].flatMap(([, paths = '']) =>
  paths.split(' '),
);

test('the copied files are enough to build the image', () => {
  const folder = mkdtempSync(join(tmpdir(), 'labelrelay-image-'));
  for (const path of copied) {
    cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const [, command = ''] = /^RUN (node .*)$/m.exec(dockerfile) ?? [];
  execFileSync('sh', ['-c', command], { cwd: folder });
  expect(readdirSync(join(folder, 'dist/server'))).toEqual([
    ...['index.js', 'index.js.map'],
    ...['redeliver.js', 'redeliver.js.map'],
  ]);
  rmSync(folder, { recursive: true });
});

test('only the copied files are sent to the builder', () => {
  const [first, ...allowed] = readFileSync(join(ROOT, '.dockerignore'), 'utf8').trim().split('\n');
  expect(first).toBe('*');
  expect(allowed.map((line) => line.slice(1)).sort()).toEqual([...copied].sort());
});

test('it runs as an unprivileged user, on the version of the functions, with a health check', () => {
  expect(dockerfile.match(/^FROM \S+/gm)).toEqual(['FROM node:24-slim', 'FROM node:24-slim']);
  expect(dockerfile).toMatch(/^USER node$/m);
  expect(dockerfile).toMatch(/^HEALTHCHECK .*\\\n {2}CMD \["node", "-e", ".*\/health/m);
  const copiedLast = /^COPY --from=build (\S+)/m.exec(dockerfile)?.[1] ?? '';
  expect(dirname(copiedLast)).toBe('/build/dist');
});

test('it starts with the same options as npm run serve', () => {
  const [command, ...args] = JSON.parse(/^CMD (.*)$/m.exec(dockerfile)?.[1] ?? '[]');
  const flags = args.filter((arg: string) => !/^--enable-source-maps$|index\.js$/.test(arg));
  expect(scripts.serve).toMatch(`${[command, ...flags].join(' ')} dist/server/index.js`);
});
