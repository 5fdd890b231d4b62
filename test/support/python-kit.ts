import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pythonWith } from './python';

export const KIT = join(__dirname, '../../python');
const WHEELS = join(__dirname, '../../node_modules/.cache/wheels');

export const pyproject = (): string => readFileSync(join(KIT, 'pyproject.toml'), 'utf8');

/** The programs with which the Python package is checked, as its pyproject.toml pins them. */
export function pythonTools(): string {
  const [, list = ''] = /^dev = \[\n(.*?)^\]/ms.exec(pyproject()) ?? [];
  const packages = [...list.matchAll(/"([^"]+)"/g)].map(([, each = '']) => each);
  const digest = createHash('sha256').update(packages.join()).digest('hex').slice(0, 12);
  return pythonWith(packages, `tools-${digest}`);
}

/** The wheel of the Python package, built anew when a source has changed. */
export function buildWheel(): string {
  const digest = createHash('sha256').update(pyproject());
  const sources = readdirSync(join(KIT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(py|typed)$/.test(file))
    .sort();
  for (const file of [...sources.map((source) => join('src', source)), 'README.md', 'LICENSE']) {
    digest.update(file).update(readFileSync(join(KIT, file)));
  }
  const folder = join(WHEELS, digest.digest('hex').slice(0, 12));
  mkdirSync(folder, { recursive: true });
  const built = (): string | undefined => readdirSync(folder).find((file) => /\.whl$/.test(file));
  if (!built()) {
    const build = ['-m', 'hatchling', 'build', '--target', 'wheel', '--directory', folder];
    execFileSync(join(pythonTools(), 'python'), build, { cwd: KIT, stdio: 'pipe' });
  }
  return join(folder, built() ?? '');
}

/** A fresh environment with only the wheel and its dependencies. */
export function installedKit(): string {
  const wheel = buildWheel();
  const digest = createHash('sha256').update(readFileSync(wheel)).digest('hex').slice(0, 12);
  return pythonWith([wheel], `labelrelay-${digest}`);
}
