import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { dist } from '../support/dist';

const ROOT = join(__dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8');

test('the command that finds a place of the bundle in the sources does', () => {
  const command = /^(node -p .*findOrigin.*)$/m.exec(page)?.[1] ?? '';
  const lines = readFileSync(join(dist(), 'receive/index.js'), 'utf8').split('\n');
  const at = lines.findIndex((line) => line.includes('labelrelay/'));
  const column = (lines[at]?.indexOf('labelrelay/') ?? 0) + 1;
  const asked = command.replace('1, 1024', `${at + 1}, ${column}`);
  expect(asked).not.toBe(command);
  const told = execFileSync('bash', ['-euc', asked], { cwd: ROOT, encoding: 'utf8' });
  expect(told).toMatch(
    /fileName: '\.\.\/\.\.\/lib\/aws\/secrets-manager\/secret-name\.ts',\s+lineNumber: 3,/,
  );
});
