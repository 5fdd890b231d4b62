import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { packageService, TEMPLATE } from '../support/package-service';
import { pythonWith } from '../support/python';

const ROOT = join(__dirname, '../..');

let template: string;
beforeAll(() => {
  template = join(packageService(), TEMPLATE);
}, 60_000);

/** What a linter says of the template: nothing, where it is content. */
function lint(packages: readonly string[], program: string, options: readonly string[]) {
  const path = join(pythonWith(packages), program);
  const { status, stdout } = spawnSync(path, options, { cwd: ROOT, encoding: 'utf8' });
  return { status, stdout };
}

test('cfn-lint finds nothing', () => {
  expect(lint(['cfn-lint==1.58.0'], 'cfn-lint', [template])).toEqual({ status: 0, stdout: '' });
}, 300_000);

const nightly = process.env.CHECKOV ? test : test.skip;
nightly(
  'checkov finds nothing',
  () => {
    const options = ['--framework', 'cloudformation', '--file', template];
    const { status, stdout } = lint(['checkov==3.3.30'], 'checkov', options);
    expect(stdout).toMatch(/Passed checks: \d{2,}, Failed checks: 0,/);
    expect(status).toBe(0);
  },
  600_000,
);
