import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin, transform } from 'esbuild';
import { functionBuild } from './build-options';

/**
 * The receive function, for whose start somebody waits: `index.js`, which is loaded at once, and beside
 * it what is imported only when it is needed. The source maps are for whoever reads a stack, and are not
 * packaged: to read them would take as long as to load all else.
 */
export async function bundleReceive(entryPoint: string, folder: string): Promise<void> {
  const { outputFiles } = await build({
    ...functionBuild,
    entryPoints: [entryPoint],
    entryNames: 'index',
    outdir: folder,
    // Only ES modules can be split.
    format: 'esm',
    splitting: true,
    write: false,
    keepNames: false,
    sourcemap: 'inline',
    alias: {
      '@aws-sdk/credential-provider-node': join(__dirname, '../lib/aws/environment-credentials.ts'),
    },
    // Reads the user agents of browsers: nothing calls it, but it would become a file of its own.
    external: ['bowser'],
    plugins: [pureSchemas],
  });
  mkdirSync(folder, { recursive: true });
  for (const { path, text } of outputFiles) {
    const { code, map } = await transform(text, {
      minify: true,
      // Node.js loads CommonJS faster,
      format: 'cjs',
      platform: 'node',
      target: functionBuild.target,
      // and would load all of its built-in modules for an import() of node:http.
      supported: { 'dynamic-import': false },
      sourcemap: 'external',
      sourcesContent: false,
    });
    writeFileSync(path, code);
    writeFileSync(`${path}.map`, map);
  }
}

/** The shapes in a client's schemas: lists, whose members are named by constants. */
const SHAPE = /^(export )?var (\w+\$?) = (\[.*?\]);$/gms;

/**
 * Lets esbuild leave out the schemas of operations that are not called: it cannot see that to make a
 * list with named members does nothing else.
 */
const pureSchemas: Plugin = {
  name: 'pure-schemas',
  setup({ onLoad }) {
    onLoad({ filter: /@aws-sdk\/client-[^/]+\/dist-es\/schemas\/schemas_0\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(
        SHAPE,
        (_, exported = '', name, list) =>
          `${exported}var ${name} = /* @__PURE__ */ (() => ${list})();`,
      ),
    }));
  },
};
