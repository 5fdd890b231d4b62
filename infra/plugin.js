module.exports = require('./load-typescript')('plugin.ts').Plugin;
