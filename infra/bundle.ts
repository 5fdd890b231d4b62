import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, rmSync } from 'node:fs';
import { join, parse } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import { common, functionBuild } from './build-options';
import { bundleReceive } from './bundle-receive';
import { bundleSplit } from './bundle-split';
import { areBundlesFresh, stampBundles } from './fresh-bundles';

const root = join(__dirname, '..');
const dist = join(root, 'dist');

async function bundle(): Promise<void> {
  if (areBundlesFresh(root)) return;
  rmSync(dist, { recursive: true, force: true });
  for (const file of readdirSync(join(root, 'functions'))) {
    const { name } = parse(file);
    const entry = join(root, 'functions', file);
    if (name === 'receive') await bundleReceive(entry, join(dist, name));
    else
      buildSync({
        ...functionBuild,
        entryPoints: [entry],
        outfile: join(dist, name, 'index.js'),
      });
  }
  bundleServer();
  bundleStart();
  bundleModules();
  await bundleCli();
  bundleInspector();
  writeTypes();
  stampBundles(root);
}

/** Not minified: functions keep their names, which `keepNames` would define again for each closure of each delivery. */
const serverBuild: BuildOptions = {
  ...functionBuild,
  minify: false,
  keepNames: false,
  target: 'node20',
};

/** The server of `npm run serve` and the Dockerfile, and its second process. */
const bundleServer = (): void =>
  void buildSync({
    ...serverBuild,
    entryPoints: {
      index: join(root, 'lib/server/serve.ts'),
      redeliver: join(root, 'lib/server/redeliver-process.ts'),
    },
    outdir: join(dist, 'server'),
  });

/** `npm start`, and its stand-ins for AWS. dynalite stays outside, since it loads files by names that it computes. */
const bundleStart = (): void =>
  void buildSync({
    ...serverBuild,
    entryPoints: {
      index: join(root, 'lib/server/start.ts'),
      'aws-process': join(root, 'lib/server/aws-process.ts'),
      'dynamodb-process': join(root, 'lib/server/dynamodb-process.ts'),
    },
    outdir: join(dist, 'start'),
    external: ['dynalite'],
    alias: { 'fauxqs/sqsStore': join(root, 'node_modules/fauxqs/dist/sqs/sqsStore.js') },
  });

/** The modules of `exports` in package.json. Their dependencies stay outside. */
function bundleModules(): void {
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
}

/**
 * The command line with all of its dependencies: users who install the package for a worker do not need them.
 * A command loads only what it needs.
 */
async function bundleCli(): Promise<void> {
  const cli = join(dist, 'cli');
  await bundleSplit({
    ...common,
    entryPoints: [join(root, 'cli/labelrelay.ts')],
    outdir: cli,
    outExtension: { '.js': '.cjs' },
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: true,
    target: 'node20',
  });
  chmodSync(join(cli, 'labelrelay.cjs'), 0o755);
  cpSync(join(root, 'test/fixtures'), join(cli, 'fixtures'), {
    recursive: true,
    filter: (path) => !/(\.events|\/secrets)\.json$/.test(path),
  });
}

/** The page of the inspector. It runs in a browser, and is a part of the package. */
function bundleInspector(): void {
  const outdir = join(dist, 'inspector');
  buildSync({
    ...common,
    platform: 'browser',
    entryPoints: [join(root, 'inspector/page.tsx'), join(root, 'inspector/page.css')],
    outdir,
    minify: true,
    target: ['chrome123', 'firefox120', 'safari17.5'],
    format: 'esm',
  });
  cpSync(join(root, 'inspector/index.html'), join(outdir, 'index.html'));
}

/** The types of the exported modules. */
const writeTypes = (): void =>
  void execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.types.json'], {
    cwd: root,
    stdio: 'inherit',
  });

/**
 * `npm run bundle`: each of functions/ as dist/<name>/index.js, the server, `npm start`, what users import, the
 * CLI, and the inspector.
 * While nothing has changed it does nothing, so that every command may begin with it.
 */
bundle().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
