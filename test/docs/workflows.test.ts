import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { engines, scripts } from '../../package.json';

const ROOT = join(__dirname, '../..');
const WORKFLOWS = join(ROOT, '.github/workflows');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const files = [
  '.gitlab-ci.yml',
  ...readdirSync(WORKFLOWS).map((name) => join('.github/workflows', name)),
];

test.each(files)('%s runs only what there is', (file) => {
  const text = read(file);
  const named = [...text.matchAll(/npm (?:run )?(test|nightly|[a-z:]+)(?= |$|\n)/g)]
    .map(([, name = '']) => name)
    .filter((name) => !['ci', 'pkg', 'publish'].includes(name));
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
  if (text.includes('.ci/run')) expect(existsSync(join(ROOT, '.ci/run'))).toBe(true);
  expect(text).toMatch(/npm ci|\.ci\/run/);
});

test('tests run on the oldest Node.js that is promised, on the one of Lambda, and between', () => {
  const [, oldest = ''] = /(\d+)/.exec(engines.node) ?? [];
  const [, lambda = ''] = /nodejs(\d+)/.exec(read('serverless.yml')) ?? [];
  for (const file of ['.gitlab-ci.yml', '.github/workflows/ci.yml']) {
    const versions = [...read(file).matchAll(/\b(2\d)\b/g)].map(([, version]) => version);
    expect(versions).toEqual(expect.arrayContaining([oldest, '22', lambda]));
  }
  expect(read('.nvmrc').trim()).toBe(lambda);
});
