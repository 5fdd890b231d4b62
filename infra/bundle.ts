import { readdirSync, rmSync } from 'node:fs';
import { join, parse } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';

const root = join(__dirname, '..');
const dist = join(root, 'dist');
const common: BuildOptions = { bundle: true, platform: 'node', logLevel: 'warning' };

/** `npm run bundle`: each of functions/ as one file, dist/<name>/index.js. */
rmSync(dist, { recursive: true, force: true });
for (const file of readdirSync(join(root, 'functions'))) {
  buildSync({
    ...common,
    entryPoints: [join(root, 'functions', file)],
    outfile: join(dist, parse(file).name, 'index.js'),
    minify: true,
    keepNames: true,
    target: 'node24',
    format: 'cjs',
    // The AWS clients' ESM builds can be tree-shaken, their CommonJS builds cannot.
    mainFields: ['module', 'main'],
    sourcemap: 'linked',
    sourcesContent: false,
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
