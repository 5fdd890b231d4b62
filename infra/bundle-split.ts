import { mkdirSync, writeFileSync } from 'node:fs';
import { type BuildOptions, build, transform } from 'esbuild';

/**
 * Bundles a program as its entry point, which is loaded at once, and other files, which an `import()` loads when
 * they are needed.
 *
 * @param options `sourcemap` writes source maps beside the files, which name them nowhere
 */
export async function bundleSplit(
  options: BuildOptions & { readonly outdir: string },
): Promise<void> {
  const { sourcemap = false, target, keepNames = false, outdir } = options;
  // esbuild splits only ES modules.
  const split: BuildOptions = { format: 'esm', splitting: true, write: false };
  const { outputFiles = [] } = await build({
    ...options,
    ...split,
    sourcemap: sourcemap && 'inline',
  });
  mkdirSync(outdir, { recursive: true });
  for (const { path, text } of outputFiles) {
    const { code, map } = await transform(text, {
      minify: true,
      keepNames,
      // Node.js loads CommonJS faster,
      format: 'cjs',
      platform: 'node',
      target,
      // and would load all of its built-in modules for an import() of node:http.
      supported: { 'dynamic-import': false },
      sourcemap: sourcemap && 'external',
      sourcesContent: false,
    });
    writeFileSync(path, code);
    if (sourcemap) writeFileSync(`${path}.map`, map);
  }
}
