import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { type AttributeValue, BatchWriteItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { createMissing } from '../../lib/aws/create-missing';
import { labelStoreOf } from '../../lib/aws/label-store';
import { readConfig } from '../../lib/config/read-config';
import { createWorker } from '../../lib/consume/create-worker';
import { keepNewest } from '../../lib/consume/keep-newest';
import { toBody } from '../../lib/label-store/body';
import { labelHandlers } from '../../lib/label-store/label-handlers';
import { startAws } from '../../lib/server/start-embedded';
import { buildEvent } from '../../lib/testing/build-event';
import { dynamoDbAt } from '../support/aws-clients';

// `npm run sizes:labels`: lists and exports a project of LABELS labels (1,000,000), and one of a hundredth of them. Memory must
// be about the same, and an interrupted command must go on where it stood.

const LABELS = Number(process.env.LABELS ?? 1_000_000);
const FEW = LABELS / 100;
/** Much less than a hundred times as many labels would need if they were in memory. */
const HEAP_MB = 128;
const MORE_MEMORY = 64e6;
const INTERRUPT_MS = 20_000;
/** The most items that a request writes. */
const BATCH = 25;
const AT_ONCE = 16;
const WIDTH = 7;
const CLI = join(__dirname, '../../dist/cli/labelrelay.cjs');
const folder = mkdtempSync(join(tmpdir(), 'many-labels-'));
const problems: string[] = [];

function expect(isRight: boolean, what: string): void {
  console.log(`${isRight ? '  ok' : 'FAIL'}  ${what}`);
  if (!isRight) problems.push(what);
}

const digits = (n: number): string => String(n).padStart(WIDTH, '0');

/** A label of two boxes on a picture of its own. */
const labelIn = (project: string, n: number) =>
  buildEvent(
    'label.updated',
    {
      platform: 'labelbox',
      project: { id: project },
      dataRow: {
        id: `row-${digits(n)}`,
        content: `https://pictures.example/${digits(n)}.jpg`,
        media: { width: 640, height: 480 },
      },
      labels: [{ id: `label-${digits(n)}`, annotations: [box('cat'), box('dog')] }],
    },
    {
      source: '/labelbox',
      subject: `label/${project}-${digits(n)}`,
      sequence: '2026-01-01T00:00:00.000000Z-1',
    },
  );
const box = (name: string) => ({
  id: `region-${name}`,
  kind: 'bbox' as const,
  name,
  bbox: [1, 2, 30, 40] as [number, number, number, number],
  classifications: [],
});

type Config = ReturnType<typeof readConfig>;

/** The worker stores the first label of a project. The others are copies of its items with other numbers. */
async function load(config: Config, project: string, count: number): Promise<void> {
  const client = dynamoDbAt(config.dynamoDbEndpoint ?? '');
  const guard = keepNewest(labelStoreOf(config, { client }));
  await createWorker(labelHandlers, { guard })(JSON.stringify(labelIn(project, 0)));
  const under = async (key: string): Promise<Record<string, AttributeValue>> => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: config.labelStoreTable,
        KeyConditionExpression: '#key = :key',
        ExpressionAttributeNames: { '#key': 'key' },
        ExpressionAttributeValues: { ':key': { S: key } },
      }),
    );
    if (Items.length !== 1) throw new Error(`expected one item of ${key}, got ${Items.length}`);
    return Items[0] ?? {};
  };
  const stateKey = `/labelbox/label/${project}-${digits(0)}`;
  const [content] = await labelStoreOf(config, { client })
    .show('labelbox', stateKey.slice('/labelbox/'.length))
    .then((found) => (found ? [JSON.stringify(found)] : []));
  const { body: _, ...state } = await under(stateKey);
  const link = await under(`/labelbox/project/${project}`);
  const [contentParts = [], ...templates] = [
    content ?? '',
    ...[state, link].map((item) => JSON.stringify(item)),
  ].map((text) => text.split(digits(0)));

  let next = 1;
  const write = async (): Promise<void> => {
    while (next < count) {
      const requests: { PutRequest: { Item: Record<string, AttributeValue> } }[] = [];
      for (; next < count && requests.length + templates.length <= BATCH; next++) {
        const number = digits(next);
        const [state, link] = templates.map((parts) => JSON.parse(parts.join(number)));
        const body = { B: toBody(JSON.parse(contentParts.join(number))) };
        requests.push({ PutRequest: { Item: { ...state, body } } }, { PutRequest: { Item: link } });
      }
      await client.send(
        new BatchWriteItemCommand({ RequestItems: { [config.labelStoreTable]: requests } }),
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, write));
}

interface Run {
  readonly code: number | null;
  readonly stderr: string;
  readonly seconds: number;
  /** The most memory that it had at once, in bytes. */
  readonly peak: number;
}

/**
 * Runs a command of `labelrelay labels` with a small heap.
 *
 * @param each is told of each line of its output
 * @param interruptMs when it gets Ctrl-C
 */
async function run(
  env: NodeJS.Dict<string>,
  args: readonly string[],
  { each, interruptMs }: { each?: (line: string) => void; interruptMs?: number } = {},
): Promise<Run> {
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${HEAP_MB}`, CLI, 'labels', ...args, '--local'],
    { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const exited = once(child, 'exit');
  let peak = 0;
  const sampling = setInterval(() => (peak = Math.max(peak, peakOf(child))), 250);
  const timer = interruptMs && globalThis.setTimeout(() => child.kill('SIGINT'), interruptMs);
  for await (const line of createInterface({ input: child.stdout })) each?.(line);
  const [code] = await exited;
  clearInterval(sampling);
  clearTimeout(timer);
  return { code, stderr, seconds: (performance.now() - began) / 1_000, peak };
}

function peakOf({ pid }: ChildProcess): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1_024;
  } catch {
    return 0;
  }
}

const of = ({ seconds, peak }: Run): string =>
  `${seconds.toFixed(0)} s, ${(peak / 1e6).toFixed(0)} MB`;

/** Expects each label once and in order, in one run or in the parts of an interrupted one. */
async function list(
  env: NodeJS.Dict<string>,
  project: string,
  count: number,
  interruptMs?: number,
) {
  let next = 0;
  let isRight = true;
  const each = (line: string): void => {
    isRight &&= JSON.parse(line).label.id === `label-${digits(next)}`;
    next++;
  };
  const args = ['list', '--json', '--project', project];
  let ended = await run(env, args, { each, interruptMs });
  let peak = ended.peak;
  if (interruptMs) {
    expect(
      ended.code === 130 && next < count,
      `list: interrupted after ${next} labels, ${of(ended)}`,
    );
    const [, after = ''] = /--after (\S+) goes on/.exec(ended.stderr) ?? [];
    ended = await run(env, [...args, '--after', after], { each });
    peak = Math.max(peak, ended.peak);
  }
  const isWhole = isRight && next === count && ended.code === 0;
  expect(isWhole, `list: ${next} labels of ${count}, each once and in order, ${of(ended)}`);
  return peak;
}

async function exportCoco(
  env: NodeJS.Dict<string>,
  project: string,
  count: number,
  interruptMs?: number,
) {
  const out = join(folder, project);
  const args = ['export', '--format', 'coco', '--out', out, '--project', project, '--json'];
  let ended = interruptMs ? await run(env, args, { interruptMs }) : undefined;
  let peak = ended?.peak ?? 0;
  if (ended) {
    expect(ended.code === 130, `export: interrupted, ${of(ended)}`);
  }
  ended = await run(env, args);
  peak = Math.max(peak, ended.peak);
  if (interruptMs) {
    const [goesOn] = /goes on with the export .* labels/.exec(ended.stderr) ?? [];
    expect(goesOn !== undefined, `export: ${goesOn}`);
  }
  const { counts } = JSON.parse(readFileSync(join(out, 'export.json'), 'utf8'));
  const annotations = await countLines(join(out, 'coco.json'), '"image_id"');
  const isWhole = counts.images === count && annotations === 2 * count && ended.code === 0;
  const megabytes = (statSync(join(out, 'coco.json')).size / 1e6).toFixed(0);
  expect(isWhole, `export: ${annotations} annotations, ${megabytes} MB of COCO, ${of(ended)}`);
  return peak;
}

/** In the file, each annotation has a line. */
async function countLines(path: string, text: string): Promise<number> {
  let count = 0;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (line.includes(text)) count++;
  }
  return count;
}

async function main(): Promise<void> {
  const tables = fork(join(__dirname, 'dynamodb-on-disk.mts'), [join(folder, 'tables')], {
    execArgv: ['--import', 'tsx'],
  });
  const [dynamoDb] = (await once(tables, 'message')) as [string];
  const aws = await startAws(0);
  const config = readConfig({
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDb,
    LABELRELAY_LABEL_STORE: 'true',
  });
  await createMissing(config);
  const env = { AWS_PORT: new URL(aws.endpoint).port, DYNAMODB_PORT: new URL(dynamoDb).port };
  try {
    const began = performance.now();
    await load(config, 'few', FEW);
    await load(config, 'many', LABELS);
    const seconds = (performance.now() - began) / 1_000;
    console.log(`loaded ${FEW} and ${LABELS} labels in ${seconds.toFixed(0)} s`);
    for (const command of [list, exportCoco]) {
      const few = await command(env, 'few', FEW);
      const many = await command(env, 'many', LABELS, INTERRUPT_MS);
      const more = many - few;
      expect(more < MORE_MEMORY, `${(more / 1e6).toFixed(0)} MB more for a hundred times as many`);
    }
  } finally {
    tables.disconnect();
    aws.stop();
    // The tables are closed first.
    await setTimeout(1_000);
    rmSync(folder, { recursive: true, force: true });
  }
  if (problems.length > 0) throw new Error(`${problems.length} problems`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
