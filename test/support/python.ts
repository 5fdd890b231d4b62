import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const CACHE = join(__dirname, '../../node_modules/.cache');

/** Longer than any installation takes: the process that made an older lock is gone. */
const STALE_MS = 600_000;
const POLL_MS = 200;

/** Installs packages in a tenth of the processor time that pip takes. */
const UV = 'uv==0.13.9';

/**
 * A virtual environment with packages from PyPI, which is created if it does not exist yet. Suites that need the same
 * one at the same time wait for the first of them.
 *
 * @param packages each with its version
 * @param name a name for the packages, if they have no version
 * @returns the folder with its programs
 */
export function pythonWith(packages: readonly string[], name: string = packages.join('-')): string {
  const folder = installed(`python-${name}`, packages, (folder) => {
    run('python3', ['-m', 'venv', '--without-pip', folder]);
    const env = { ...settingsOfPip(), ...process.env };
    run(join(tools(), 'uv'), ['pip', 'install', '--quiet', '--python', folder, ...packages], env);
  });
  return join(folder, 'bin');
}

/** An environment with pip, since that of the machine may have none. @returns the folder with its programs */
function tools(): string {
  const folder = installed('python-uv', [UV], (folder) => {
    run('python3', ['-m', 'venv', folder]);
    run(join(folder, 'bin/pip'), ['install', '--no-compile', UV]);
  });
  return join(folder, 'bin');
}

/** Runs a program to its end. If it fails, its error has all that it printed. */
const run = (program: string, args: readonly string[], env = process.env): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env });

/** The settings of pip that uv has under another name. */
const SETTINGS: Readonly<Record<string, string>> = {
  'index-url': 'UV_DEFAULT_INDEX',
  'extra-index-url': 'UV_INDEX',
  'trusted-host': 'UV_INSECURE_HOST',
  cert: 'SSL_CERT_FILE',
  'default-timeout': 'UV_HTTP_TIMEOUT',
};

/** The sections of pip's settings, of which a later one overrides an earlier one. */
const SECTIONS = ['global', 'install', ':env:'];

/** @returns variables for uv, which does not read the settings of pip */
function settingsOfPip(): Record<string, string> {
  const list = run(join(tools(), 'pip'), ['config', 'list']);
  // A line is: global.cert='/etc/ssl/ca.crt'
  const lines = [...list.matchAll(/^(\S+)\.([\w-]+)='(.*)'$/gm)];
  const found = SECTIONS.flatMap((of) =>
    lines.flatMap(([, section, name = '', value = '']) => {
      const variable = SETTINGS[name];
      return section === of && variable ? [[variable, value.replaceAll('\\n', ' ')]] : [];
    }),
  );
  return Object.fromEntries(found);
}

/** A folder in which something is installed, if it is not there yet. */
function installed(
  name: string,
  packages: readonly string[],
  install: (folder: string) => void,
): string {
  const folder = join(CACHE, name);
  const done = join(folder, 'installed');
  const lock = `${folder}.lock`;
  mkdirSync(CACHE, { recursive: true });
  while (!existsSync(done)) {
    if (take(lock)) {
      try {
        if (existsSync(done)) break;
        install(folder);
        writeFileSync(done, '');
      } catch (cause) {
        const wanted = `python3 with venv, and ${packages.join(' and ')} from PyPI`;
        throw new Error(`expected ${wanted}, got ${cause}`, { cause });
      } finally {
        rmSync(lock, { recursive: true });
      }
    } else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, POLL_MS);
  }
  return folder;
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
