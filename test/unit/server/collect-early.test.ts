import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { COLLECTS_EARLY } from '../../../lib/server/collect-early';

const MB = 1_000_000;

/** Keeps things for a while, so that they are old when they are let go: 12 MB of them, 200 MB in all. */
const CHURN = `
const { collectEarly } = require('./lib/server/collect-early');
collectEarly();
const { setTimeout } = require('node:timers/promises');
(async () => {
  const kept = [];
  let most = 0;
  for (let count = 0; count < 200; count++) {
    kept.push(Array.from({ length: 10_000 }, (_, index) => ({ index, count, more: [index] })));
    if (kept.length > 12) kept.shift();
    most = Math.max(most, process.memoryUsage().heapUsed);
    await setTimeout(2);
  }
  console.log(most);
})();
`;

test('released memory does not pile up until V8 collects it', () => {
  const flags = [...COLLECTS_EARLY, '--import', 'tsx', '-e', CHURN];
  const options = { cwd: join(__dirname, '../../..'), encoding: 'utf8' } as const;
  const most = Number(execFileSync(process.execPath, flags, options));
  expect(most).toBeLessThan(70 * MB);
});
