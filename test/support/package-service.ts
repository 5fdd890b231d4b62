import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/**
 * `osls package` of the bundles that are there, with neither credentials nor a home, since packaging
 * must need neither an account nor the network.
 *
 * @returns the folder with the CloudFormation template and the zips
 */
export function packageService(): string {
  const folder = mkdtempSync(join(tmpdir(), 'labelrelay-package-'));
  execFileSync('node_modules/.bin/osls', ['package', '--stage', 'probe', '--package', folder], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: folder },
  });
  return folder;
}

/** The name of the template in it. */
export const TEMPLATE = 'cloudformation-template-update-stack.json';
