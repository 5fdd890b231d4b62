import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { COLLECTS_EARLY } from '../../../lib/server/collect-early';

const MB = 1_000_000;

/** Keeps things for a while, so that they are old when they are let go: 12 MB of them, 200 MB in all. */
const CHURN = `
  const kept = [];
  let most = 0;
  for (let count = 0; count < 200; count++) {
    kept.push(Array.from({ length: 10_000 }, (_, index) => ({ index, count, more: [index] })));
    if (kept.length > 12) kept.shift();
    most = Math.max(most, process.memoryUsage().heapUsed);
    await setTimeout(2);
  }
  console.log(most);
`;

/** Keeps 150 MB, until they are collected by V8 itself. */
const DROP = `
  let before = Array.from({ length: 150 }, () => Array(125_000).fill(1.5));
  await setTimeout(100);
  before = undefined;
  globalThis.gc();
`;

/** @returns the most memory in use during the churn, in bytes */
function run(script: string): number {
  const text = `
    const { collectEarly } = require('./lib/server/collect-early');
    const { setTimeout } = require('node:timers/promises');
    collectEarly();
    (async () => {${script}})();
  `;
  const flags = [...COLLECTS_EARLY, '--import', 'tsx', '-e', text];
  const options = { cwd: join(__dirname, '../../..'), encoding: 'utf8' } as const;
  return Number(execFileSync(process.execPath, flags, options));
}

test('released memory does not pile up until V8 collects it', () => {
  expect(run(CHURN)).toBeLessThan(70 * MB);
});

test('it does not pile up either where more memory was in use before', () => {
  expect(run(DROP + CHURN)).toBeLessThan(70 * MB);
});
