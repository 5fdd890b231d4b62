import { readdirSync, rmSync } from 'node:fs';
import { join, parse } from 'node:path';
import { buildSync } from 'esbuild';

const root = join(__dirname, '..');

/** `npm run bundle`: each of functions/ as one file, dist/<name>/index.js. */
rmSync(join(root, 'dist'), { recursive: true, force: true });
for (const file of readdirSync(join(root, 'functions'))) {
  buildSync({
    entryPoints: [join(root, 'functions', file)],
    outfile: join(root, 'dist', parse(file).name, 'index.js'),
    bundle: true,
    minify: true,
    keepNames: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    // The AWS clients' ESM builds can be tree-shaken, their CommonJS builds cannot.
    mainFields: ['module', 'main'],
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'warning',
  });
}
