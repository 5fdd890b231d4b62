import type { BuildOptions } from 'esbuild';

/** The options of every bundle. */
export const common: BuildOptions = { bundle: true, platform: 'node', logLevel: 'warning' };

/** The options of Node.js on Lambda. */
export const NODE_OPTIONS = '--enable-source-maps';

/** The options for a Lambda function in one file. */
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
