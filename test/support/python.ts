import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const CACHE = join(__dirname, '../../node_modules/.cache');

/** Longer than any installation takes: the process that made an older lock is gone. */
const STALE_MS = 600_000;
const POLL_MS = 200;

/**
 * A virtual environment with packages from PyPI, which is created if it does not exist yet. Suites that need the same
 * one at the same time wait for the first of them.
 *
 * @param packages each with its version
 * @param name a name for the packages, if they have no version
 * @returns the folder with its programs
 */
export function pythonWith(packages: readonly string[], name: string = packages.join('-')): string {
  const folder = join(CACHE, `python-${name}`);
  const isInstalled = (): boolean => existsSync(join(folder, 'installed'));
  const lock = `${folder}.lock`;
  mkdirSync(CACHE, { recursive: true });
  while (!isInstalled()) {
    if (take(lock)) {
      try {
        if (!isInstalled()) install(folder, packages);
      } finally {
        rmSync(lock, { recursive: true });
      }
    } else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, POLL_MS);
  }
  return join(folder, 'bin');
}

/** @returns false while another process has the lock */
function take(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > STALE_MS) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function install(folder: string, packages: readonly string[]): void {
  const programs = join(folder, 'bin');
  try {
    execFileSync('python3', ['-m', 'venv', '--without-pip', folder]);
    if (!hasPip(programs)) execFileSync('python3', ['-m', 'venv', folder]);
    runPip(programs, 'install', '--no-compile', ...packages);
  } catch (cause) {
    const wanted = `python3 with venv, and ${packages.join(' and ')} from PyPI`;
    throw new Error(`expected ${wanted}, got ${cause}`, { cause });
  }
  writeFileSync(join(folder, 'installed'), '');
}

/**
 * The pip of an environment, or that of Python itself, which installs into others from version 22.3 on. To set up a
 * pip of its own in an environment takes longer than to install most packages.
 */
const pipOf = (programs: string): readonly [program: string, ...string[]] =>
  existsSync(join(programs, 'pip'))
    ? [join(programs, 'pip')]
    : ['python3', '-m', 'pip', '--python', join(programs, 'python')];

function hasPip(programs: string): boolean {
  const [pip, ...options] = pipOf(programs);
  return spawnSync(pip, [...options, '--version']).status === 0;
}

/** @param programs the folder with the programs of the environment */
export function runPip(programs: string, ...args: readonly string[]): void {
  const [pip, ...options] = pipOf(programs);
  const quiet = ['--quiet', '--disable-pip-version-check'];
  execFileSync(pip, [...options, ...quiet, ...args], { stdio: 'inherit' });
}
