import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { dist } from '../support/dist';

const ROOT = join(__dirname, '../..');
const TSC = join(ROOT, 'node_modules/.bin/tsc');
const OPTIONS =
  '--ignoreConfig --noEmit --strict --skipLibCheck --module nodenext --target es2023 --types node';
const END = '--- end of';

/** An export of the package, with the docstring where it is declared. */
interface Exported {
  readonly name: string;
  readonly prose: string;
  readonly example: string;
}

/** Every export of `labelrelay/worker` or `labelrelay/testing`. */
function exportsOf(entry: string): Exported[] {
  const text = readFileSync(join(ROOT, 'lib', entry), 'utf8');
  return [...text.matchAll(/^export (?:type )?\{([^}]*)\} from '\.\/([\w/-]+)';$/gm)].flatMap(
    ([, list = '', file = '']) =>
      list
        .split(',')
        .map((item) => item.replace('type ', '').trim())
        .filter(Boolean)
        .map((name) => ({ name, ...docOf(name, join(ROOT, 'lib', `${file}.ts`)) })),
  );
}

/** The docstring that stands directly above a declaration. */
function docOf(name: string, file: string): Omit<Exported, 'name'> {
  const text = readFileSync(file, 'utf8');
  const declared = new RegExp(
    `^export (?:const|function|async function|class|type|interface) ${name}\\b`,
    'm',
  ).exec(text);
  const before = text.slice(0, declared?.index);
  const [, doc = ''] = /\n?(\/\*\*(?:(?!\*\/).)*\*\/)\n$/s.exec(before) ?? [];
  const lines = doc.replaceAll(/^ \*\/?(?: |$)|^\/\*\*/gm, '');
  const [prose = '', example = ''] = lines.split(/^@example$/m);
  return { prose: prose.trim(), example: /```ts\n(.*?)```/s.exec(example)?.[1] ?? '' };
}

const exported = [...exportsOf('worker.ts'), ...exportsOf('testing.ts')];
// In the package's own folder, so that it finds itself by its name.
const folder = mkdtempSync(join(dist(), '.examples-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Names that differ only in their case need files that differ in more. */
const fileOf = (name: string): string => `${/^[A-Z]/.test(name) ? 'type-' : ''}${name}.mts`;
for (const { name, example } of exported) writeFileSync(join(folder, fileOf(name)), example);

test('every export has a docstring with an example', () => {
  expect(exported.length).toBeGreaterThan(45);
  const without = exported.filter(({ prose, example }) => prose === '' || example === '');
  expect(without.map(({ name }) => name)).toEqual([]);
  const foreign = exported.filter(
    ({ name, example }) => !new RegExp(`\\b${name}\\b`).test(example),
  );
  expect(foreign.map(({ name }) => name)).toEqual([]);
});

test('every example compiles, and prints what its comments say', () => {
  const names = exported.map(({ name }) => name);
  const { stdout } = spawnSync(TSC, [...OPTIONS.split(' '), ...names.map(fileOf)], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stdout).toBe('');

  const lines = names.map((name) => `await import('./${fileOf(name)}');\nconsole.log('${END}');`);
  writeFileSync(join(folder, 'run.mts'), lines.join('\n'));
  const printed = execFileSync(process.execPath, ['--import', 'tsx', join(folder, 'run.mts')], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, AWS_REGION: 'us-east-1' },
  }).split(`${END}\n`);
  const words = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
  const said = exported.map(({ name, example }) => [
    name,
    words([...example.matchAll(/; \/\/ (.*)$/gm)].map(([, comment]) => comment).join(' ')),
  ]);
  expect(names.map((name, index) => [name, words(printed[index] ?? '')])).toEqual(said);
  expect(said.filter(([, comment]) => comment === '')).toEqual([]);
});
