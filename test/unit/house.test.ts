import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { inspect } from 'node:util';
import { expect, test } from '@jest/globals';
import { Secret } from '../../lib/platforms/secret';

const ROOT = join(__dirname, '../..');

/** The table of platforms' tools, and `webhooks/` and `listing/` in a platform's folder. */
const TOOLS = 'lib/platforms/tools-of.ts';
/** A table that needs no platform. */
const DELETIONS = 'lib/platforms/deletions.ts';

/** The allowed imports of each part, beside itself. The core never imports AWS code. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'lib/errors.ts': [],
  'lib/json': ['lib/errors.ts'],
  'lib/events': ['lib/json'],
  'lib/webhook-api': ['lib/errors.ts', 'lib/events', 'lib/json'],
  // The platforms' parts of the command line, which no receiver imports.
  [TOOLS]: ['lib/errors.ts', 'lib/events', 'lib/json', 'lib/platforms', 'lib/webhook-api'],
  [DELETIONS]: [],
  'lib/platforms': ['lib/errors.ts', 'lib/events', 'lib/json'],
  'lib/receive': ['lib/errors.ts', 'lib/events', 'lib/json', 'lib/platforms'],
  'lib/consume': ['lib/errors.ts', 'lib/events'],
  'lib/label-store': ['lib/consume', 'lib/errors.ts', 'lib/events', DELETIONS],
  'lib/milestones': ['lib/consume', 'lib/errors.ts', 'lib/events'],
  'lib/datasets': ['lib/events', 'lib/label-store'],
  'lib/reconcile': [
    'lib/errors.ts',
    'lib/events',
    'lib/json',
    'lib/label-store',
    'lib/receive',
    'lib/webhook-api',
  ],
  'lib/inspector': [
    'lib/consume',
    'lib/errors.ts',
    'lib/events',
    'lib/json',
    'lib/label-store',
    'lib/platforms',
    'lib/receive',
  ],
  'lib/silence': ['lib/receive'],
  'lib/telemetry.ts': ['lib/receive'],
  'lib/config': [
    'lib/errors.ts',
    'lib/events',
    'lib/json',
    'lib/platforms',
    'lib/label-store',
    'lib/milestones',
    'lib/receive',
  ],
  'lib/aws': [
    'lib/config',
    'lib/consume',
    'lib/errors.ts',
    'lib/events',
    'lib/inspector',
    'lib/platforms',
    'lib/label-store',
    'lib/milestones',
    'lib/receive',
    'lib/reconcile',
    'lib/silence',
    'lib/telemetry.ts',
  ],
  'lib/worker.ts': ['lib/aws', 'lib/consume', 'lib/events', 'lib/label-store'],
  'lib/testing.ts': ['lib/consume', 'lib/testing'],
  'lib/testing': ['lib/consume', 'lib/events', 'lib/platforms', DELETIONS],
  'lib/server': [
    'lib/aws',
    'lib/config',
    'lib/consume',
    'lib/errors.ts',
    'lib/events',
    'lib/inspector',
    'lib/json',
    'lib/platforms',
    'lib/receive',
    'lib/telemetry.ts',
    'lib/testing',
  ],
  // The page in the browser.
  inspector: ['lib/events', 'lib/inspector'],
  functions: ['lib/aws', 'lib/config', 'lib/receive', 'lib/reconcile', 'lib/silence', TOOLS],
  infra: [
    'lib/aws',
    'lib/config',
    'lib/errors.ts',
    'lib/events',
    'lib/platforms',
    'lib/receive',
    'lib/telemetry.ts',
  ],
  'cli/aws': [
    'lib/aws',
    'lib/config',
    'lib/errors.ts',
    'lib/events',
    'lib/label-store',
    'lib/milestones',
    'lib/receive',
    'lib/telemetry.ts',
  ],
  cli: [
    'cli/aws',
    'lib/aws',
    'lib/config',
    'lib/datasets',
    'lib/errors.ts',
    'lib/events',
    'lib/inspector',
    'lib/json',
    'lib/label-store',
    'lib/milestones',
    'lib/platforms',
    'lib/receive',
    'lib/reconcile',
    'lib/server',
    'lib/silence',
    'lib/testing',
    'lib/webhook-api',
    TOOLS,
    'package.json',
  ],
};

/** The packages that a part may import; parts that are not listed may import none. */
const PACKAGES: Record<string, readonly RegExp[]> = {
  'lib/events': [/^zod$/],
  'lib/reconcile': [/^zod$/],
  'lib/webhook-api': [/^zod$/],
  [TOOLS]: [/^zod$/],
  'lib/aws': [/^@aws-sdk\//, /^@smithy\/core\//, /^aws-lambda$/],
  'lib/consume': [/^zod$/],
  'lib/milestones': [/^zod$/],
  'lib/server': [/^fauxqs(\/sqsStore)?$/, /^dynalite$/, /^sqs-consumer$/],
  inspector: [/^preact(\/hooks)?$/],
  infra: [/^@aws-sdk\//, /^esbuild$/, /^zod$/],
  'cli/aws': [/^@aws-sdk\//],
  cli: [/^@commander-js\/extra-typings$/, /^csv-parse$/, /^image-size$/, /^zod$/],
};

const platforms = readdirSync(join(ROOT, 'lib/platforms'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

interface Import {
  readonly part: string;
  readonly file: string;
  readonly target: string;
}

const partOf = (file: string): string =>
  file === 'lib/platforms/platform-api.ts' ||
  /^lib\/platforms\/[^/]+\/(webhooks|listing)\//.test(file)
    ? TOOLS
    : (Object.keys(MAY_IMPORT).find((part) => file === part || file.startsWith(`${part}/`)) ??
      file);

const filesIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(m?ts|tsx)$/.test(file))
    .map((file) => join(folder, file));

const sources = ['cli', 'lib', 'functions', 'infra', 'inspector'].flatMap(filesIn);

/** Without docstrings, whose examples import the package by its name. */
const codeOf = (file: string): string =>
  readFileSync(join(ROOT, file), 'utf8').replace(/\/\*\*[\s\S]*?\*\//g, '');

const imports: Import[] = sources.flatMap((file) =>
  [...codeOf(file).matchAll(/(?:from |import |import\()'([^']+)'/g)].map(([, target = '']) => ({
    part: partOf(file),
    file,
    target,
  })),
);

test('every file is in a part of the house', () => {
  expect(sources.map(partOf).filter((part) => !(part in MAY_IMPORT))).toEqual([]);
  expect(imports.length).toBeGreaterThan(50);
});

test('imports point one way', () => {
  const wrong = imports
    .filter(({ target }) => target.startsWith('.'))
    .map(({ part, file, target }) => {
      const path = normalize(join(dirname(file), target));
      return { part, file, path, to: partOf(sources.includes(`${path}.ts`) ? `${path}.ts` : path) };
    })
    .filter(({ part, to }) => to !== part && !MAY_IMPORT[part]?.includes(to));
  expect(wrong).toEqual([]);
});

/** The files that each file imports. */
const targets = new Map<string, string[]>();
for (const { file, target } of imports) {
  const path = normalize(join(dirname(file), target));
  const found = [`${path}.ts`, `${path}.tsx`, path].find((each) => sources.includes(each));
  if (target.startsWith('.') && found) targets.set(file, [...(targets.get(file) ?? []), found]);
}

test('every file is imported, perhaps by a test only, or a bundle begins with it', () => {
  const tests = filesIn('test').map(codeOf).join();
  const bundled = filesIn('infra').map(codeOf).join();
  const imported = new Set([...targets.values()].flat());
  const isUsed = (file: string): boolean =>
    imported.has(file) ||
    tests.includes(`/${file.replace(/\.tsx?$/, "'")}`) ||
    bundled.includes(`${file}'`);
  const unused = sources.filter(
    (file) => /^(cli|lib)\/.*(?<!\.d)\.ts$/.test(file) && !isUsed(file),
  );
  expect(unused).toEqual([]);
});

test('no file imports itself by way of others, types included', () => {
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (file: string, above: readonly string[]): void => {
    if (above.includes(file)) circles.push([...above.slice(above.indexOf(file)), file].join(' > '));
    if (done.has(file) || above.includes(file)) return;
    for (const target of targets.get(file) ?? []) walk(target, [...above, file]);
    done.add(file);
  };
  for (const file of sources) walk(file, []);
  expect(circles).toEqual([]);
});

test('one platform does not know another', () => {
  const folder = (path: string) => relative('lib/platforms', path).split('/')[0] ?? '';
  const wrong = imports.filter(({ file, target }) => {
    const [from, to] = [folder(dirname(file)), folder(join(dirname(file), target))];
    const isPlatform = (name: string) => platforms.includes(name);
    return target.startsWith('.') && isPlatform(from) && isPlatform(to) && from !== to;
  });
  expect(wrong).toEqual([]);
});

test('no code names a platform but the platform and the tables beside it', () => {
  const name = new RegExp(`'/?(${platforms.join('|')})'`);
  const examples =
    /^lib\/events\/(schemas\/|types)|^cli\/send\/send\.ts|^lib\/testing\/build-events?\.ts/;
  const naming = sources.filter((file) => name.test(codeOf(file)) && !examples.test(file));
  expect(naming.filter((file) => !file.startsWith('lib/platforms/'))).toEqual([]);
  expect(naming).toContain('lib/platforms/platforms.ts');
});

test('packages come in only where they belong', () => {
  const wrong = imports.filter(
    ({ part, target }) =>
      !target.startsWith('.') &&
      !target.startsWith('node:') &&
      !PACKAGES[part]?.some((allowed) => allowed.test(target)),
  );
  expect(wrong).toEqual([]);
});

test('only a secret compares credentials, and it shows its text to nobody', () => {
  const using = (name: string) =>
    sources.filter((file) => readFileSync(join(ROOT, file), 'utf8').includes(name));
  expect(using('timingSafeEqual')).toEqual(['lib/platforms/secret.ts']);
  expect(using('createHmac').sort()).toEqual([
    // Signs requests to AWS.
    'lib/aws/client/request-signer.ts',
    // With a key that a secret gives, which cannot be seen.
    'lib/events/body-hash.ts',
    'lib/receive/verify/digest-thread.ts',
    'lib/testing/sign-with.ts',
  ]);

  const secret = new Secret('S3CRET');
  const given = secret.bodyHash({ by: 'signature', algorithm: 'sha1', digest: '' });
  const shown = [secret, given, given?.key].flatMap((each) => [
    JSON.stringify(each),
    inspect(each, { showHidden: true, depth: 9 }),
    `${each}`,
  ]);
  const reachable = Reflect.ownKeys(secret).map((key) => String(Reflect.get(secret, key)));
  expect([...shown, ...reachable].join()).not.toContain('S3CRET');
});
