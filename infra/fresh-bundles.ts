import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabelrelayError } from '../lib/errors';

/** The inputs of the bundles. */
const INPUTS = [
  ...['cli', 'functions', 'infra', 'inspector', 'lib', 'test/fixtures'],
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.types.json'],
];
/** The file with the digest of the inputs of the bundles in dist. */
const STAMP = 'dist/.inputs';

/** @param root the root of the project. @returns whether dist was built from the current sources */
export function areBundlesFresh(root: string): boolean {
  const stamp = join(root, STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === digestInputs(root);
}

/** Writes the digest. Call it after all bundles are written. */
export function stampBundles(root: string): void {
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, STAMP), digestInputs(root));
}

/**
 * @param root the root of the project
 * @throws LabelrelayError `invalid-configuration` if dist is missing, or was built from other sources
 */
export function expectFreshBundles(root: string): void {
  if (areBundlesFresh(root)) return;
  throw new LabelrelayError(
    'invalid-configuration',
    'dist: expected bundles of the sources that stand here, got older ones or none; run npm run bundle',
  );
}

/** The digest covers contents, since a checkout changes modification times. */
function digestInputs(root: string): string {
  const hash = createHash('sha256');
  for (const input of INPUTS.flatMap((path) => filesOf(root, path))) {
    const bytes = readFileSync(join(root, input));
    hash.update(`${input}\n${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}

function filesOf(root: string, path: string): string[] {
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found ? [path] : [];
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}
