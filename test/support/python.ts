import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const CACHE = join(__dirname, '../../node_modules/.cache');

/**
 * A virtual environment with packages from PyPI, made where it is not there yet.
 *
 * @param packages each with its version
 * @returns the folder of its programs
 */
export function pythonWith(packages: readonly string[]): string {
  const folder = join(CACHE, ['python', ...packages].join('-'));
  const programs = join(folder, 'bin');
  if (existsSync(join(folder, 'installed'))) return programs;
  try {
    execFileSync('python3', ['-m', 'venv', folder]);
    execFileSync(join(programs, 'pip'), ['install', '--quiet', ...packages], { stdio: 'inherit' });
  } catch (cause) {
    const wanted = `python3 with venv, and ${packages.join(' and ')} from PyPI`;
    throw new Error(`expected ${wanted}, got ${cause}`, { cause });
  }
  writeFileSync(join(folder, 'installed'), '');
  return programs;
}
