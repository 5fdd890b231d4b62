import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { buildWheel, installedKit, KIT, pyproject, pythonTools } from '../support/python-kit';

const ROOT = join(__dirname, '../..');
/** Outside of the project, so that nothing of it is found by chance. */
const folder = mkdtempSync(join(tmpdir(), 'labelrelay-python-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (program: string, args: readonly string[], cwd: string): string =>
  execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

const EXAMPLES = ['worker.py', 'count_boxes.py'].map((file) => `../docs/examples/${file}`);

test.each([
  ['is formatted', 'ruff', ['format', '--check', '.', '../docs/examples']],
  ['has no lint', 'ruff', ['check', '.', '../docs/examples']],
  ['has types, and its examples too', 'mypy', ['src', 'tests', ...EXAMPLES]],
  ['passes its tests, those in docstrings included', 'pytest', ['--quiet']],
])('the package %s', (_, program, args) => {
  try {
    run(join(pythonTools(), program), args, KIT);
  } catch (error) {
    throw new Error((error as { stdout: string }).stdout);
  }
});

test('the package has the version and the license of the project', () => {
  const { version, license } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(pyproject()).toContain(`\nversion = "${version}"\n`);
  expect(pyproject()).toContain(`\nlicense = "${license}"\n`);
  const text = readFileSync(join(ROOT, 'LICENSE'), 'utf8');
  expect(readFileSync(join(KIT, 'LICENSE'), 'utf8')).toBe(text);
});

test('the wheel holds the package, its types and its license, and nothing else', () => {
  const list = ['-c', 'import sys, zipfile; print(*zipfile.ZipFile(sys.argv[1]).namelist())'];
  const files = run('python3', [...list, buildWheel()], folder)
    .trim()
    .split(' ');
  expect(files).toContain('labelrelay/py.typed');
  expect(files).toContain('labelrelay/testing/__init__.py');
  expect(files.filter((file) => /licenses\/LICENSE$/.test(file))).toHaveLength(1);
  expect(files.filter((file) => !/^labelrelay(-[\d.]+\.dist-info)?\//.test(file))).toEqual([]);
});

/** Every block of Python in the documents, as a module of its own. */
const blocks = ['python/README.md', 'docs/workers.md'].flatMap((file) =>
  [...readFileSync(join(ROOT, file), 'utf8').matchAll(/```python\n(.*?)```/gs)].map(
    ([, block = ''], index) => ({ name: `${file.replaceAll(/\W/g, '_')}_${index}`, block }),
  ),
);

/** Imports a module, which polls nothing by that, and runs its tests as pytest would. */
const RUN = `
import importlib, sys
for name in sys.argv[1:]:
    for test, function in vars(importlib.import_module(name)).items():
        if test.startswith("test_"):
            function()
            print("passed", test)
`;

test('the code in the pages has types, and runs where the wheel is installed', () => {
  expect(blocks.length).toBeGreaterThan(5);
  for (const { name, block } of blocks) writeFileSync(join(folder, `${name}.py`), block);
  const names = blocks.map(({ name }) => name);
  const python = join(installedKit(), 'python');
  const files = names.map((name) => `${name}.py`);
  try {
    run(join(pythonTools(), 'mypy'), ['--strict', '--python-executable', python, ...files], folder);
    expect(run(python, ['-c', RUN, ...names], folder)).toMatch(/^(passed test_\w+\n)+$/);
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Record<string, string>;
    throw new Error(`${message}${stdout}${stderr}`);
  }
});
