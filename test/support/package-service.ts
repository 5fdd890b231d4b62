import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceFolder } from './service-folder';

/**
 * Runs `osls package` on the current bundles. There are no credentials and no home directory, since packaging must
 * need neither an account nor the network.
 *
 * @returns the folder with the CloudFormation template and the zips
 */
export function packageService(): string {
  const folder = mkdtempSync(join(tmpdir(), 'labelrelay-package-'));
  execFileSync('node_modules/.bin/osls', ['package', '--stage', 'probe', '--package', folder], {
    cwd: serviceFolder(),
    // Half of its time compiles the schema of serverless.yml, unless that is kept.
    env: { PATH: process.env.PATH, HOME: folder, SLS_SCHEMA_CACHE_BASE_DIR: homedir() },
  });
  return folder;
}

/** The file name of the template. */
export const TEMPLATE = 'cloudformation-template-update-stack.json';

/**
 * `osls package` with a change to serverless.yml.
 *
 * @param name the name of the change, for a file of its own
 */
export function packageChanged(
  name: string,
  change: (serverless: string) => string,
): { status: number | null; printed: string; folder: string } {
  const file = `serverless.${name}.yml`;
  const cwd = serviceFolder();
  const serverless = readFileSync(join(cwd, 'serverless.yml'), 'utf8');
  const changed = change(serverless);
  if (changed === serverless) throw new Error(`expected a change of serverless.yml: ${name}`);
  writeFileSync(join(cwd, file), changed);
  const folder = mkdtempSync(join(tmpdir(), 'labelrelay-package-'));
  const { status, stdout, stderr } = spawnSync(
    'node_modules/.bin/osls',
    ['package', '--config', file, '--package', folder],
    { cwd, encoding: 'utf8' },
  );
  return { status, printed: stdout + stderr, folder };
}

/** Switches on the parts that are off by default. */
export const withEverything = (serverless: string): string =>
  serverless
    .replace(/# (alarmEmail|throttle|domain):.*|# {3}(name|certificateArn):.*/g, (line) =>
      line.replace(/^# /, '').replace('\u2026', '12345678-1234-1234-1234-123456789012'),
    )
    .replace(/\$\{param:(server|tap), false\}/g, 'true')
    .replace(
      'reconcile: false',
      'reconcile: { sources: { labelbox: true, label-studio: "https://app.example.com" } }',
    )
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the syntax of serverless.yml
    .replace('${param:archiveDays, 0}', '7');
