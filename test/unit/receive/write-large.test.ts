import { expect, test } from '@jest/globals';
import { BodyCutter, readPieces } from '../../../lib/json/long/cut/read-pieces';
import { LONG_LIMITS } from '../../../lib/json/long/placeholder';
import { labelbox } from '../../../lib/platforms/labelbox/labelbox';
import type { Survey } from '../../../lib/receive/large/survey';
import { writeLarge } from '../../../lib/receive/large/write-large';
import { Journal } from '../../../lib/receive/log/journal';
import { memoryObjects } from '../../support/memory-objects';
import { receiveSettings } from '../../support/receive-settings';

const limits = { ...LONG_LIMITS, inlineLength: 1, earlyLength: 0 };
const PROJECTS = 10;
/** The tracks of each draft come after its objects, which come later in the body. So the frames are read again. */
const frame = (width: number) => ({
  objects: { car: { name: 'Car', bounding_box: { top: 1, left: 2, height: 3, width } } },
  classifications: [{ name: 'weather', radio_answer: { name: 'sunny' } }],
});
const frames = Object.fromEntries(
  Array.from({ length: 4_000 }, (_, index) => [index, frame(index)]),
);
const objects = Array.from({ length: 4_000 }, (_, index) => ({
  name: 'Car',
  feature_id: `${index}`,
}));
const projects = Object.fromEntries(
  Array.from({ length: PROJECTS }, (_, index) => [
    `p${index}`,
    { labels: [{ id: 'l', annotations: { frames, objects } }] },
  ]),
);
const body = Buffer.from(JSON.stringify({ data_row: { id: 'r' }, projects }));

async function* chunks(): AsyncGenerator<Uint8Array> {
  yield body;
}

test('few of many drafts are in memory at once', async () => {
  const cutter = new BodyCutter(labelbox.largeShape, limits);
  const placeholders = cutter.push(body).filter(({ text }) => text === undefined);
  const rest = JSON.parse(cutter.cutter.rest);
  const open = new Set<string>();
  let most = 0;
  let reads = 0;
  const written = await writeLarge(
    {
      draft: () => labelbox.normalize(rest, {}),
      found: {
        id: 'id',
        placeholders,
        arrival: { source: { platform: labelbox } },
      } as unknown as Survey,
      async read() {
        reads++;
        return readPieces(chunks(), labelbox.largeShape, limits);
      },
    },
    {
      journal: new Journal(),
      signal: new AbortController().signal,
      objects: {
        ...memoryObjects(new Map()).objects,
        begin: (key) => ({
          async write() {
            open.add(key);
            most = Math.max(most, open.size);
          },
          async commit() {
            open.delete(key);
            return `s3://bucket/${key}`;
          },
          async abort() {
            open.delete(key);
          },
        }),
      },
    },
    { ...receiveSettings(labelbox), limits },
  );
  expect(written.filter(({ claim }) => claim)).toHaveLength(PROJECTS);
  expect(reads).toBeGreaterThan(2);
  // The data of four drafts, and the native of one.
  expect(most).toBeLessThanOrEqual(5);
  expect(open.size).toBe(0);
});
