import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceFolder } from './service-folder';

/**
 * `osls package` of the bundles that are there, with neither credentials nor a home, since packaging
 * must need neither an account nor the network.
 *
 * @returns the folder with the CloudFormation template and the zips
 */
export function packageService(): string {
  const folder = mkdtempSync(join(tmpdir(), 'labelrelay-package-'));
  execFileSync('node_modules/.bin/osls', ['package', '--stage', 'probe', '--package', folder], {
    cwd: serviceFolder(),
    env: { PATH: process.env.PATH, HOME: folder },
  });
  return folder;
}

/** The name of the template in it. */
export const TEMPLATE = 'cloudformation-template-update-stack.json';

/**
 * `osls package` with a change to serverless.yml.
 *
 * @param name of the change: the file of another one is another file
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

/** What is left out by default, asked for. */
export const withEverything = (serverless: string): string =>
  serverless
    .replace(/# (alarmEmail|throttle|domain):.*|# {3}(name|certificateArn):.*/g, (line) =>
      line.replace(/^# /, '').replace('\u2026', '12345678-1234-1234-1234-123456789012'),
    )
    .replace(/\$\{param:(server|tap), false\}/g, 'true')
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is serverless.yml's
    .replace('${param:archiveDays, 0}', '7');
