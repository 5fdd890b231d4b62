import type { BuildOptions } from 'esbuild';

/** What everything is built with. */
export const common: BuildOptions = { bundle: true, platform: 'node', logLevel: 'warning' };

/** What Node.js is started with on Lambda. */
export const NODE_OPTIONS = '--enable-source-maps';

/** A Lambda function as one file. */
export const functionBuild: BuildOptions = {
  ...common,
  minify: true,
  keepNames: true,
  target: 'node24',
  format: 'cjs',
  // The AWS clients' ESM builds can be tree-shaken, their CommonJS builds cannot.
  mainFields: ['module', 'main'],
  sourcemap: 'linked',
  sourcesContent: false,
};
