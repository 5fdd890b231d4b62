import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AnyEvent } from '../../lib/consume/event';
import type { Annotation, Label } from '../../lib/events/types';
import { buildEvent } from '../../lib/testing/build-event';
import { shuffled } from '../../lib/testing/shuffled';
import { Random } from '../fuzz/random';
import { dist } from '../support/dist';
import { startTables } from '../support/dynamo';

const ROOT = join(__dirname, '../..');
/** In the package's own folder, so that it finds itself by its name. */
const folder = mkdtempSync(join(dist(), '.count-boxes-'));

let tables: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(() => {
  tables.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the example on batches of messages, and asks it for its total. */
async function countBoxes(
  batches: readonly (readonly AnyEvent[])[],
): Promise<Record<string, number>> {
  const { table } = await tables.create();
  const example = readFileSync(join(ROOT, 'docs/examples/count-boxes.ts'), 'utf8');
  writeFileSync(join(folder, 'count-boxes.mts'), example.replace('box-counts', table));
  const records = batches.map((events) =>
    events.map((event, index) => ({
      messageId: String(index),
      receiptHandle: String(index),
      body: JSON.stringify(event),
      attributes: { ApproximateReceiveCount: '1' },
      messageAttributes: {},
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:labelrelay-dev-labels',
    })),
  );
  writeFileSync(join(folder, 'records.json'), JSON.stringify(records));
  const script = `import { readFileSync } from 'node:fs';
    import { handler, total } from './count-boxes.mts';
    for (const Records of JSON.parse(readFileSync(${JSON.stringify(join(folder, 'records.json'))}, 'utf8'))) {
      const { batchItemFailures } = await handler({ Records });
      if (batchItemFailures.length > 0) throw new Error('a message failed');
    }
    console.log(JSON.stringify(await total()));`;
  writeFileSync(join(folder, 'run.mts'), script);
  const printed = execFileSync(process.execPath, ['--import', 'tsx', join(folder, 'run.mts')], {
    cwd: ROOT,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_ENDPOINT_URL_DYNAMODB: tables.endpoint,
    },
  });
  return JSON.parse(printed);
}

const box = (...names: string[]): Annotation => ({
  kind: 'bbox',
  bbox: [0, 0, 1, 1],
  name: names[0],
  ...(names.length > 1 && { names }),
  classifications: [],
});

const point: Annotation = { kind: 'point', point: [0, 0], name: 'cat', classifications: [] };

function labelEvent(
  topic: 'label.created' | 'label.updated' | 'label.deleted',
  source: '/labelbox' | '/label-studio',
  subject: string,
  second: number,
  rank: 0 | 1 | 2,
  labels: Label[],
): AnyEvent {
  const sequence = `2026-01-01T00:00:0${second}.000000Z-${rank}`;
  return buildEvent(topic, { labels }, { source, subject, sequence }) as AnyEvent;
}

test('the example counts the boxes of both platforms, whatever comes late, twice and in any order', async () => {
  const row = 'project/p/data-row/d/labels';
  const history = [
    // One label of Labelbox v1: 2 cats and 1 dog in the end. The point is no box.
    labelEvent('label.created', '/labelbox', 'label/1', 1, 0, [
      { id: '1', annotations: [box('cat')] },
    ]),
    labelEvent('label.updated', '/labelbox', 'label/1', 2, 1, [
      { id: '1', annotations: [box('cat'), box('cat'), box('dog'), point] },
    ]),
    // A row of Labelbox v2: one of its two labels is deleted, and 1 dog is left.
    labelEvent('label.updated', '/labelbox', row, 1, 1, [
      { id: '2', annotations: [box('dog')] },
      { id: '3', annotations: [box('cat'), box('bird')] },
    ]),
    labelEvent('label.deleted', '/labelbox', row, 2, 1, [{ id: '2', annotations: [box('dog')] }]),
    // Skipped, with what was drawn before.
    labelEvent('label.created', '/label-studio', 'label/1', 1, 0, [
      { id: '1', skipped: true, annotations: [box('cat')] },
    ]),
    // Label Studio: one box of two classes, and one without a class.
    labelEvent('label.created', '/label-studio', 'label/2', 1, 0, [
      { id: '2', annotations: [box('cat', 'constructor'), box()] },
    ]),
    // Deleted altogether.
    labelEvent('label.created', '/label-studio', 'label/3', 1, 0, [
      { id: '3', annotations: [box('cat')] },
    ]),
    labelEvent('label.deleted', '/label-studio', 'label/3', 2, 2, [
      { id: '3', deleted: true, annotations: [box('cat')] },
    ]),
  ];
  for (const seed of [1, 2, 3]) {
    const random = new Random(seed, 0);
    const events = random.shuffle([...history, ...history.filter(() => random.chance(0.5))]);
    expect(await countBoxes([events.slice(0, 5), events.slice(5)])).toEqual({
      cat: 3,
      dog: 2,
      constructor: 1,
      none: 1,
    });
  }
});

test('the boxes of deleted tasks and projects of Label Studio do not count, and those of later ones with the same id do', async () => {
  const source = '/label-studio';
  const label = (id: string, second: number, task: string, project = '1') =>
    buildEvent(
      'label.created',
      {
        project: { id: project },
        dataRow: { id: task },
        labels: [{ id, annotations: [box('cat')] }],
      },
      { source, subject: `label/${id}`, time: `2026-01-01T00:00:0${second}Z` },
    );
  const gone = (entity: 'task' | 'project', id: string, second: number) =>
    buildEvent(
      `${entity}.deleted`,
      {},
      { source, subject: `${entity}/${id}`, time: `2026-01-01T00:00:0${second}Z` },
    );
  const history: AnyEvent[] = [
    label('1', 1, '1'),
    label('2', 1, '2'),
    gone('task', '2', 5),
    label('3', 7, '2'),
    label('4', 1, '4', '2'),
    label('5', 1, '5', '2'),
    gone('project', '2', 5),
    label('6', 7, '6', '2'),
  ];
  for (const seed of [1, 2, 3]) {
    const events = shuffled(history, { seed, duplicate: 0.5 });
    // These are of labels 1, 3 and 6.
    expect(await countBoxes([events.slice(0, 4), events.slice(4)])).toEqual({ cat: 3 });
  }
});
