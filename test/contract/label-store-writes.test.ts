import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { makeLabel } from '../../bench/deliveries/make-label';
import { tableKeys } from '../../lib/aws/dynamodb/table-keys';
import { createWorker } from '../../lib/consume/create-worker';
import { keepNewest } from '../../lib/consume/keep-newest';
import { labelHandlers } from '../../lib/label-store/label-handlers';
import { createLabelStore } from '../../lib/label-store/label-store';
import { labelStudio } from '../../lib/platforms/label-studio/label-studio';
import { labelbox } from '../../lib/platforms/labelbox/labelbox';
import { toEvents } from '../convergence/to-events';
import { LABEL_COSTS, sizeOf } from '../support/label-costs';
import { startLabelPlaces } from '../support/label-stores';
import { PRICES } from '../support/price-table';
import { counting, itemBytes, writeUnits } from '../support/write-units';

let started: Awaited<ReturnType<typeof startLabelPlaces>>;
beforeAll(async () => {
  started = await startLabelPlaces();
});
afterAll(() => started.stop());

const RECEIVED = Date.parse('2026-03-02T09:20:40Z');
/** A region with numbers as an annotator draws them. */
const region = (index: number): object => ({
  original_width: 1_920,
  original_height: 1_080,
  image_rotation: 0,
  value: {
    ...Object.fromEntries(
      ['x', 'y', 'width', 'height'].map((name, at) => [
        name,
        ((index * 7.919 + at * 13.37) % 97) + 0.123456789,
      ]),
    ),
    rotation: 0,
    rectanglelabels: ['Vehicle'],
  },
  id: randomBytes(5).toString('hex'),
  from_name: 'label',
  to_name: 'image',
  type: 'rectanglelabels',
  origin: 'manual',
});

/** An annotation as Label Studio sends it, of about the size. */
function annotation(id: number, bytes: number): object {
  const at = '2026-03-02T09:20:31.004512Z';
  const regions = Math.max(1, Math.round((bytes - 1_000) / JSON.stringify(region(1)).length));
  return {
    action: 'ANNOTATION_CREATED',
    project: { id: 7, title: 'Streets' },
    task: {
      id: 1_000 + id,
      data: { image: `https://example.com/street-${id}.jpg` },
      created_at: at,
      updated_at: at,
      is_labeled: true,
      overlap: 1,
      project: 7,
    },
    annotation: {
      id,
      result: Array.from({ length: regions }, (_, index) => region(index)),
      created_at: at,
      updated_at: at,
      task: 1_000 + id,
      project: 7,
      lead_time: 12.345,
      completed_by: { id: 1, email: 'ann@example.com' },
    },
  };
}

const labels = {
  labelbox: (id: number, bytes: number) => ({
    ...JSON.parse(makeLabel(bytes)),
    id: `cle${id}`,
  }),
  'label-studio': annotation,
};
const platforms = { labelbox, 'label-studio': labelStudio };

/** Stores labels of a size. @returns write units of DynamoDB, and calls of S3 that cost, both for each label */
async function costOf(name: keyof typeof labels, bytes: number) {
  const table = await started.createTable();
  let [puts, lists] = [0, 0];
  const { client, counted } = counting(started.client);
  const { ports } = started.places(table, ((each: DynamoDBClient | S3Client) =>
    each instanceof DynamoDBClient ? client : each) as never);
  const store = createLabelStore({
    ...ports,
    objects: {
      ...ports.objects,
      put: (...given) => {
        puts++;
        return ports.objects.put(...given);
      },
      list: (...given) => {
        lists++;
        return ports.objects.list(...given);
      },
    },
  });
  const worker = createWorker(labelHandlers, { guard: keepNewest(store) });
  const play = async (id: number) => {
    const body = labels[name](id, bytes);
    for (const event of toEvents(name, platforms[name], {
      body: body as never,
      receiptId: String(id),
      receivedAt: RECEIVED,
    })) {
      expect(await worker(JSON.stringify(event))).toBe('done');
    }
  };
  // The first one also writes the version of the table and the project.
  await play(1);
  counted.units = 0;
  [puts, lists] = [0, 0];
  for (const id of [2, 3, 4]) await play(id);
  return { units: counted.units / 3, puts: puts / 3, lists: lists / 3 };
}

const { dynamoDbWrites, s3Writes } = PRICES.million;
/** For a million labels, in USD. */
const usd = ({ units, puts, lists }: Awaited<ReturnType<typeof costOf>>): number =>
  units * dynamoDbWrites + (puts + lists) * s3Writes;

test('units are counted by the rules of DynamoDB', () => {
  // 3 + 4 bytes; a number of one digit has 2; a map 3 and 1 for each entry.
  expect(itemBytes({ key: { S: 'four' } })).toBe(7);
  expect(itemBytes({ n: { N: '1' }, m: { M: { a: { S: 'b' } } } })).toBe(1 + 2 + 1 + 3 + 1 + 2);
  expect(writeUnits({}, { k: { B: new Uint8Array(1_023) } })).toBe(1);
  expect(writeUnits({}, { k: { B: new Uint8Array(1_024) } })).toBe(2);
  expect(writeUnits({ k: { B: new Uint8Array(5_000) } }, {})).toBe(5);
  // An index would be written, too.
  expect(Object.keys(tableKeys)).toEqual(['AttributeDefinitions', 'KeySchema', 'BillingMode']);
});

test.each(LABEL_COSTS.map((cost) => [sizeOf(cost), cost] as const))(
  'a label of %s costs at most what the pages say',
  async (_, { kilobytes, itemUnits, puts }) => {
    for (const name of ['labelbox', 'label-studio'] as const) {
      const cost = await costOf(name, kilobytes * 1_000);
      const limit = { units: itemUnits + 1, puts, lists: 0 };
      expect(cost.lists).toBe(0);
      expect(usd(cost)).toBeLessThanOrEqual(usd(limit));
      if (name === 'label-studio') expect(cost.puts).toBe(puts);
    }
  },
);

test.each([8, 16, 100])(
  'a label of %i KB costs no more than a PUT, and two small items',
  async (kilobytes) => {
    for (const name of ['labelbox', 'label-studio'] as const) {
      const cost = await costOf(name, kilobytes * 1_000);
      expect([name, cost.lists]).toEqual([name, 0]);
      expect(usd(cost)).toBeLessThanOrEqual(s3Writes + 2 * dynamoDbWrites);
    }
  },
);

test('a label that is stored again with another object costs no list', async () => {
  const table = await started.createTable();
  const { ports, objects } = started.places(table);
  const store = createLabelStore({
    ...ports,
    objects: { ...ports.objects, list: () => Promise.reject(new Error('expected no list')) },
  });
  for (const sequence of ['1', '2', '3']) {
    const text = randomBytes(50_000).toString('hex');
    const change = { about: {}, content: { labels: [{ id: 'a', kind: text }] } };
    await store.putIfNewer('/s/label/a', { sequence, id: 'a' }, change as never);
  }
  expect(await objects()).toHaveLength(1);
});
