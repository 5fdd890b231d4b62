import { spawnSync } from 'node:child_process';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { lineWriter } from '../../../lib/server/line-writer';
import { TSX } from '../../support/tsx';

test('the lines of a turn of the event loop are written at once', async () => {
  const written: unknown[] = [];
  const write = lineWriter({ write: (text: unknown) => written.push(text) > 0 });
  write('a');
  write('b');
  expect(written).toEqual([]);
  await setImmediate();
  expect(written).toEqual(['a\nb\n']);
  write('c');
  await setImmediate();
  await setImmediate();
  expect(written).toEqual(['a\nb\n', 'c\n']);
});

test.each([
  ['ends', 'process.exit(1)'],
  ['fails', 'throw new Error()'],
])('no line is lost when the process %s in the same turn', (_, end) => {
  const script = `
    const { lineWriter } = require('./lib/server/line-writer');
    lineWriter(process.stdout)('the last line');
    ${end};`;
  const args = [...TSX, '--eval', script];
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect([stdout, status]).toEqual(['the last line\n', 1]);
});
