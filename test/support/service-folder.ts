import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

let folder: string | undefined;

/** The service in a folder of its own, since osls writes files there and other suites may run at the same time. */
export function serviceFolder(): string {
  if (folder) return folder;
  const made = mkdtempSync(join(tmpdir(), 'labelrelay-service-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  for (const name of ['infra', 'node_modules', 'package.json']) {
    symlinkSync(join(ROOT, name), join(made, name));
  }
  for (const name of ['serverless.yml', 'dist']) {
    cpSync(join(ROOT, name), join(made, name), { recursive: true });
  }
  folder = made;
  return folder;
}
