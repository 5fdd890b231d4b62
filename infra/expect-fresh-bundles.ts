import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LabelrelayError } from '../lib/errors';

/**
 * @param root of the project
 * @throws LabelrelayError `invalid-configuration` when what would be deployed is not what stands here
 */
export function expectFreshBundles(root: string): void {
  const files = (folder: string): string[] =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  const written = Math.max(
    ...['lib', 'functions'].flatMap((folder) =>
      files(folder).map((file) => changedAt(join(root, folder, file))),
    ),
  );
  const old = files('functions')
    .map((file) => join('dist', file.replace('.ts', ''), 'index.js'))
    .filter((bundle) => changedAt(join(root, bundle)) < written);
  if (old.length === 0) return;
  throw new LabelrelayError(
    'invalid-configuration',
    `dist: expected bundles of what stands in lib and functions, got older ones or none: ${old.join(', ')}; npm run bundle makes them`,
  );
}

/** In milliseconds since 1970; 0 where there is no such file. */
const changedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
