// The framework reads only JavaScript; the rest of this folder is TypeScript.
require('tsx/cjs');
module.exports = require('./plugin.ts').Plugin;
