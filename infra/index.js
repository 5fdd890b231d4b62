module.exports = require('./load-typescript')('resources.ts');
