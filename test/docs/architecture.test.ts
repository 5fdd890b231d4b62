import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { COMMANDS } from '../../cli/program';
import { customSchema } from '../../infra/custom';
import { OF_THE_FUNCTIONS } from '../../lib/config/read-serve-config';
import { annotation } from '../../lib/events/schemas/annotation';
import { topics } from '../../lib/events/topics';

const ROOT = join(__dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const page = read('ARCHITECTURE.md');

/** Every file that a change may have to touch, tests aside. */
const files = new Map(
  [
    'README.md',
    'serverless.yml',
    ...['cli', 'docs', 'functions', 'infra', 'lib', 'python'].flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.(ts|py|md|yml|json)$/.test(file))
        .map((file) => join(folder, file))
        .filter((file) => !file.startsWith('docs/reference/')),
    ),
  ].map((file) => [file, read(file)]),
);

/** The files that mention every one of the things that exist: one more thing has to be mentioned there too. */
const filesWithAll = (names: readonly string[], patternOf: (name: string) => RegExp): string[] =>
  [...files]
    .filter(([, text]) => names.every((name) => patternOf(name).test(text)))
    .map(([file]) => file);

/** A name as code and pages write it: in quotes or backticks, or as a key. */
const quoted = (name: string): RegExp =>
  new RegExp(`['"\`]${name.replaceAll('.', '\\.')}['"\`]|^ +${name}: `, 'm');

const camelCase = (variable: string): string =>
  variable
    .replace('LABELRELAY_', '')
    .toLowerCase()
    .replaceAll(/_(.)/g, (_, letter) => letter.toUpperCase());

const alarmsFile = read('infra/alarms.ts');
const alarms = [...alarmsFile.matchAll(/kind: '([\w-]+)',.*?(?:our\(|metric: )'?(\w+)/gs)]
  .map(([, kind = '', metric = '']) => ({ kind, metric }))
  .filter(({ metric }) => quoted(metric).test(read('lib/receive/log/metrics.ts')));
const metrics = alarms.map(({ metric }) => metric);

// LABELRELAY_ROUTES and LABELRELAY_ALLOW_LISTS have readers of their own.
const settings = OF_THE_FUNCTIONS.filter(
  (name) =>
    camelCase(name) in customSchema.shape && read('lib/config/read-config.ts').includes(name),
);
const serverVariables = [
  ...new Set(read('lib/config/read-serve-config.ts').match(/\bLABELRELAY_\w+\b/g)),
].filter((name) => !(OF_THE_FUNCTIONS as readonly string[]).includes(name));

const kinds = annotation.options.map(({ shape }) => [...shape.kind.values].join());
const commands = Object.keys(COMMANDS);

/** The files that state how many alarms there are, which a test computes. */
const counting = [...files]
  .filter(([, text]) => /^\| Alarms,.* \| \d+ x/m.test(text))
  .map(([f]) => f);

const rows: Record<string, { names: readonly string[]; files: string[] }> = {
  'a topic': { names: topics, files: [...filesWithAll(topics, quoted), ...counting] },
  'a metric with an alarm': {
    names: alarms.map(({ kind }) => kind),
    files: [...filesWithAll(metrics, quoted), ...counting],
  },
  'a variable of functions and servers': {
    names: settings,
    files: filesWithAll(
      settings,
      (name) => new RegExp(`\\b${name}\\b|^  ${camelCase(name)}:`, 'm'),
    ),
  },
  'a variable of the server': {
    names: serverVariables,
    files: filesWithAll(serverVariables, (name) => new RegExp(`\\b${name}\\b`)),
  },
  'an annotation kind': { names: kinds, files: filesWithAll(kinds, quoted) },
  'a CLI command': {
    names: commands,
    files: filesWithAll(commands, (name) => new RegExp(`labelrelay ${name}\\b|/${name}/${name}'`)),
  },
};

/** The paths in the table's row: some have a placeholder for the name of what is added. */
function pathsOf(row: string): string[] {
  const line = page.split('\n').find((each) => each.startsWith(`| ${row} |`)) ?? '';
  return [...line.matchAll(/`([\w.-]+(?:\/[\w<>.-]+)*\.(?:ts|py|md|yml|json))`/g)].map(
    ([, path = '']) => path,
  );
}

describe.each(Object.entries(rows))('to add %s', (row, { names, files }) => {
  test('the table has the files that mention all that exist, and no other', () => {
    expect(names.length).toBeGreaterThan(3);
    const named = pathsOf(row).filter((path) => !path.includes('<'));
    expect(named.sort()).toEqual([...new Set(files)].sort());
  });

  test('the files of its own are there for all that exist', () => {
    const own = pathsOf(row).filter((path) => path.includes('<'));
    const missing = own.flatMap((path) =>
      names
        .map((name) => path.replaceAll(/<\w+>/g, name))
        .filter((each) => !existsSync(join(ROOT, each))),
    );
    expect(missing).toEqual([]);
  });
});

test('every row of the table is checked', () => {
  const [, table = ''] = page.split('| To add | Touch |\n');
  const named = [...(table.split('\n\n')[0] ?? '').matchAll(/^\| ([^|]+) \|/gm)]
    .map(([, name = '']) => name)
    .filter((name) => !/^-+$/.test(name) && name !== 'a platform');
  expect(named).toEqual(Object.keys(rows));
});

test('every file and folder that the page names exists', () => {
  const named = [...page.matchAll(/`((?:cli|docs|functions|infra|lib|python|test)\/[\w./-]*)`/g)];
  expect(named.length).toBeGreaterThan(30);
  for (const [, path = ''] of named)
    expect([path, existsSync(join(ROOT, path))]).toEqual([path, true]);
});
