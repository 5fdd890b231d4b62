import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { dist } from '../support/dist';

const DIST = dist();

/** The limit of the page's code and style as a browser gets them compressed, in bytes. */
const MAX_BYTES = 80_000;

test('the page is small', () => {
  const files = ['page.js', 'page.css'].map((name) => readFileSync(join(DIST, 'inspector', name)));
  const bytes = files.reduce((sum, file) => sum + gzipSync(file).length, 0);
  expect(bytes).toBeGreaterThan(5_000);
  expect(bytes).toBeLessThan(MAX_BYTES);
});

test('it is in `npm start` and in the command line, and in nothing that is deployed', () => {
  const withPage = readdirSync(DIST, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) =>
      readdirSync(join(DIST, name))
        .filter((file) => /\.(c|m)?js$/.test(file))
        .some((file) => readFileSync(join(DIST, name, file), 'utf8').includes('/inspector/api/')),
    );
  expect(withPage.sort()).toEqual(['cli', 'inspector', 'start']);
});
