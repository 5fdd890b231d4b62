import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { redeliverApart } from '../../../lib/server/redeliver-apart';
import { createTelemetry } from '../../../lib/telemetry';

const folder = mkdtempSync(join(tmpdir(), 'labelrelay-apart-'));
afterAll(() => rmSync(folder, { recursive: true }));

const HEAP_BYTES = 64 * 1_048_576;

/** Does what a key says. */
const SCRIPT = `
process.on('message', (key) => {
  if (key === 'throw') throw new Error(key);
  if (key === 'exit') process.exit(3);
  if (key === 'delivered') process.send(key);
});
process.on('disconnect', () => process.exit());
`;

test('whatever ends the process is told once, and the next is redelivered by another', async () => {
  const script = join(folder, 'script.js');
  writeFileSync(script, SCRIPT);
  const lines: string[] = [];
  const telemetry = createTelemetry('test', (line) => lines.push(line));
  const redeliver = redeliverApart(script, { heapBytes: HEAP_BYTES, timeoutMs: 3_000 }, telemetry);
  const outcomes = [];
  for (const key of ['delivered', 'throw', 'delivered', 'hang', 'delivered', 'exit']) {
    outcomes.push(await redeliver(key));
  }
  const each = ['delivered', 'waits'];
  expect(outcomes).toEqual([...each, ...each, ...each]);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { key: 'throw', error: { message: expect.stringMatching(/: exit code 1$/) } },
    { key: 'hang', error: { message: expect.stringMatching(/: SIGKILL$/) } },
    { key: 'exit', error: { message: expect.stringMatching(/: exit code 3$/) } },
  ]);
});
