import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { functionBuild } from '../infra/build-options';

const SIDES = join(__dirname, 'sides');

/**
 * Builds `<folder>/<side>.js` for every side and for the stub, with the options of functions. Source maps are left
 * out, since reading them would delay the start.
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
