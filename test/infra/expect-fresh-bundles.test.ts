import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { expectFreshBundles } from '../../infra/expect-fresh-bundles';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'labelrelay-bundles-'));
  write('functions/receive.ts', 100);
  write('lib/deep/inside/accept.ts', 200);
});
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, second: number): void {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
  utimesSync(path, second, second);
  for (let folder = dirname(path); folder !== root; folder = dirname(folder)) {
    utimesSync(folder, 0, 0);
  }
}

test('bundles that are newer than what they are made of may be deployed', () => {
  write('dist/receive/index.js', 300);
  expect(() => expectFreshBundles(root)).not.toThrow();
});

test('a bundle that is older than any of it may not', () => {
  write('dist/receive/index.js', 150);
  expect(() => expectFreshBundles(root)).toThrow(
    /got older ones or none: dist\/receive\/index.js; npm run bundle makes them/,
  );
});

test('nor may one that was never made', () => {
  expect(() => expectFreshBundles(root)).toThrow('dist/receive/index.js');
});
