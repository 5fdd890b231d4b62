import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, transform } from 'esbuild';
import { functionBuild } from './build-options';

/**
 * Bundles the receive function, whose cold start delays a sender: `index.js` is loaded at once, and other
 * files when they are needed. Source maps are not packaged, since reading them takes as long as reading
 * everything else.
 */
export async function bundleReceive(entryPoint: string, folder: string): Promise<void> {
  const { outputFiles } = await build({
    ...functionBuild,
    entryPoints: [entryPoint],
    entryNames: 'index',
    outdir: folder,
    // esbuild splits only ES modules.
    format: 'esm',
    splitting: true,
    write: false,
    keepNames: false,
    sourcemap: 'inline',
    alias: {
      '@aws-sdk/credential-provider-node': join(
        __dirname,
        '../lib/aws/client/environment-credentials.ts',
      ),
    },
    // This module parses browsers' user agents. Nothing calls it, but it would become a file of its own.
    external: ['bowser'],
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
