import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { areBundlesFresh, expectFreshBundles, stampBundles } from '../../infra/fresh-bundles';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'labelrelay-bundles-'));
  write('functions/receive.ts', 'receive');
  write('lib/deep/inside/accept.ts', 'accept');
  write('package-lock.json', '{}');
});
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

test('bundles of the current sources are fresh, whatever the times of files', () => {
  stampBundles(root);
  utimesSync(join(root, 'functions/receive.ts'), 4_000_000_000, 4_000_000_000);
  expect(() => expectFreshBundles(root)).not.toThrow();
  expect(areBundlesFresh(root)).toBe(true);
});

test.each([
  ['a file that changed', () => write('lib/deep/inside/accept.ts', 'accepts')],
  ['a file that is new', () => write('cli/new.ts', '')],
  ['a file that is gone', () => rmSync(join(root, 'functions/receive.ts'))],
  ['another version of a dependency', () => write('package-lock.json', '{"a": 1}')],
  ['no bundles', () => rmSync(join(root, 'dist'), { recursive: true })],
])('after %s they are not, and one line says what to do', (_, change) => {
  stampBundles(root);
  change();
  expect(areBundlesFresh(root)).toBe(false);
  expect(() => expectFreshBundles(root)).toThrow(
    /^dist: expected bundles of the sources .* run npm run bundle$/,
  );
});
