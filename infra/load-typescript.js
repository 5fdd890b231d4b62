const { join } = require('node:path');
const { compileFunction } = require('node:vm');
const { buildSync } = require('esbuild');

const PARAMETERS = ['module', 'exports', 'require', '__dirname'];

/**
 * Loads a file of this folder: the framework reads only JavaScript. All that the file imports is loaded as one file,
 * since tsx would take as long for its hundred files as the framework for all else.
 */
module.exports = (name) => {
  const path = join(__dirname, name);
  const { outputFiles } = buildSync({
    entryPoints: [path],
    bundle: true,
    platform: 'node',
    write: false,
  });
  const loaded = { exports: {} };
  const filename = `bundle of ${path}`;
  const run = compileFunction(outputFiles[0].text, PARAMETERS, { filename });
  run(loaded, loaded.exports, require, __dirname);
  return loaded.exports;
};
