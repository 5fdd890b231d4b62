import { join } from 'node:path';
import { expectFreshBundles } from '../../infra/fresh-bundles';

const ROOT = join(__dirname, '../..');

/** The folder of the bundles. @throws an error of one line if they are older than the sources */
export function dist(): string {
  try {
    expectFreshBundles(ROOT);
  } catch (error) {
    // Jest would show the stack and the code around it.
    if (error instanceof Error) error.stack = error.message;
    throw error;
  }
  return join(ROOT, 'dist');
}
