import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import {
  packageChanged,
  packageService,
  TEMPLATE,
  withEverything,
} from '../support/package-service';
import { pythonWith } from '../support/python';

const ROOT = join(__dirname, '../..');

/** Changes of the optional parts of serverless.yml, by name. */
const VARIANTS: readonly (readonly [string, (serverless: string) => string])[] = [
  ['everything', withEverything],
  [
    'nothing-optional',
    (text) =>
      text
        .replace('labelStore: true', 'labelStore: false')
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the syntax of serverless.yml
        .replace('${param:retain, true}', 'false'),
  ],
  [
    'more-sources-and-queues',
    (text) =>
      text
        .replace('label-studio: label-studio', 'label-studio: label-studio\n    other: labelbox')
        .replace('routes: {}', 'routes: { label.created: [label-created, audit] }')
        .replace('allowLists: {}', 'allowLists: { other: ["192.0.2.0/24"] }')
        .replace('models: []', 'models: [first, second]'),
  ],
];

/** The findings of a linter for the template. */
function lint(packages: readonly string[], program: string, options: readonly string[]) {
  const path = join(pythonWith(packages), program);
  const { status, stdout } = spawnSync(path, options, { cwd: ROOT, encoding: 'utf8' });
  return { status, stdout };
}

const packageAsItIs = (): string => join(packageService(), TEMPLATE);

/** Long checks run at night. */
const isNightly = Boolean(process.env.CHECKOV);

// The linter takes long to start, and reads all templates at once.
test('cfn-lint finds nothing, whatever is switched on or off', () => {
  // A template with everything has all resources. The others differ in the references between them.
  const variants = isNightly ? VARIANTS : VARIANTS.slice(0, 1);
  const templates = variants.map(([name, change]) => {
    const { status, printed, folder } = packageChanged(name, change);
    expect([status, printed]).toEqual([0, expect.any(String)]);
    return join(folder, TEMPLATE);
  });
  const asItIs = isNightly ? [packageAsItIs()] : [];
  const found = lint(['cfn-lint==1.58.0'], 'cfn-lint', [...asItIs, ...templates]);
  expect(found).toEqual({ status: 0, stdout: '' });
}, 300_000);

(isNightly ? test : test.skip)(
  'checkov finds nothing',
  () => {
    const options = ['--framework', 'cloudformation', '--file', packageAsItIs()];
    const { status, stdout } = lint(['checkov==3.3.30'], 'checkov', options);
    expect(stdout).toMatch(/Passed checks: \d{2,}, Failed checks: 0,/);
    expect(status).toBe(0);
  },
  600_000,
);
