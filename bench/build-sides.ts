import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { functionBuild } from '../infra/build-options';

const SIDES = join(__dirname, 'sides');

/**
 * Makes `<folder>/<side>.js` of every side and of the stub, built as functions are: without source maps,
 * which would be read with them and make them start late.
 */
export function buildSides(folder: string): void {
  const sides = readdirSync(SIDES).map((file) => join(SIDES, file));
  buildSync({
    ...functionBuild,
    sourcemap: false,
    entryPoints: [...sides, join(__dirname, 'stub/stub-process.ts')],
    entryNames: '[name]',
    outdir: folder,
  });
}
