import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

let folder: string | undefined;

/** The service in a folder of its own: osls writes beside it, and others may use it at the same time. */
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
