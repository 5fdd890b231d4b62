const { relative } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * The suites that take long, in seconds on two cores. Jest knows only what it ran before, and would begin the long ones
 * whose files are small at the end, when the other workers have nothing left to do.
 */
const seconds = {
  'cli/dlq': 45,
  'cli/doctor': 29,
  'cli/label-studio-webhooks': 32,
  'cli/labelbox-reconcile': 33,
  'cli/labelbox-webhooks': 36,
  'cli/labels': 61,
  'cli/reconcile-killed': 25,
  'cli/replay': 23,
  'cli/send': 25,
  'contract/label-store-writes': 22,
  'contract/lambda': 40,
  'contract/node-server': 36,
  'convergence/completions.convergence': 43,
  'convergence/convergence': 25,
  'convergence/label-store.convergence': 29,
  'convergence/milestones.convergence': 30,
  'docs/cli': 37,
  'e2e/deployed': 247,
  'e2e/documented': 342,
  'e2e/lint-template': 36,
  'examples/datasets': 51,
  'infra/package': 54,
  'integration/canary': 65,
  'integration/faults': 86,
  'integration/flood': 51,
  'integration/labelbox-export': 22,
  'integration/large': 31,
  'integration/npm-start': 45,
  'integration/serve': 37,
  'integration/third-platform': 34,
  'integration/waiting': 27,
  'package/package': 39,
  'property/large': 33,
  'python/package': 37,
  'python/worker-py': 41,
  'reconcile/histories': 133,
  'reconcile/rules': 50,
};

/** Begins the suites that take longest first, so that all workers end at about the same time. */
module.exports = class LongestFirst extends Sequencer {
  static seconds = seconds;

  /** @returns milliseconds, of a suite that is not known as many as its file has bytes */
  time(test) {
    const { config, hasteFS } = test.context;
    const name = relative(`${config.rootDir}/test`, test.path).replace('.test.ts', '');
    return super.time(test) ?? (seconds[name] * 1_000 || hasteFS.getSize(test.path));
  }
};
