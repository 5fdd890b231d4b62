import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const { seconds } = require('../support/longest-first.cjs') as { seconds: Record<string, number> };

test('every suite that is said to take long exists', () => {
  const names = Object.keys(seconds);
  expect(names).toContain('reconcile/histories');
  expect(names.filter((name) => !existsSync(join(__dirname, '..', `${name}.test.ts`)))).toEqual([]);
});
