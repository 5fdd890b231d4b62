import { readdirSync, rmSync } from 'node:fs';
import { join, parse } from 'node:path';
import { buildSync } from 'esbuild';
import { common, functionBuild } from './build-options';

const root = join(__dirname, '..');
const dist = join(root, 'dist');

/** `npm run bundle`: each of functions/ as one file, dist/<name>/index.js. */
rmSync(dist, { recursive: true, force: true });
for (const file of readdirSync(join(root, 'functions'))) {
  buildSync({
    ...functionBuild,
    entryPoints: [join(root, 'functions', file)],
    outfile: join(dist, parse(file).name, 'index.js'),
  });
}

/** What users import, as in the `exports` of package.json: their own packages stay outside. */
for (const name of ['worker', 'testing']) {
  for (const [format, extension] of [
    ['esm', 'mjs'],
    ['cjs', 'cjs'],
  ] as const) {
    buildSync({
      ...common,
      entryPoints: [join(root, 'lib', `${name}.ts`)],
      outfile: join(dist, name, `index.${extension}`),
      target: 'node20',
      format,
      packages: 'external',
    });
  }
}
