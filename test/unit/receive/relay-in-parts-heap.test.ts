import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { identifyDelivery } from '../../../lib/events/identify';
import { LONG_LIMITS } from '../../../lib/json/long/placeholder';
import { labelbox } from '../../../lib/platforms/labelbox/labelbox';
import { toArrival } from '../../../lib/receive/delivery';
import { relayInParts } from '../../../lib/receive/large/relay-in-parts';
import { Journal } from '../../../lib/receive/log/journal';
import { memoryPorts } from '../../support/memory-ports';
import { receiveSettings } from '../../support/receive-settings';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

const OBJECT = {
  feature_id: 'f',
  name: 'Car',
  bounding_box: { top: 1, left: 2, height: 3, width: 4 },
};

/** For each label, in bytes. */
const MOST = 2_000;

/** A row with so many labels, each with a long list of objects. */
const rowOf = (labels: number): Buffer =>
  Buffer.from(
    JSON.stringify({
      data_row: { id: 'row' },
      projects: {
        project: {
          labels: Array.from({ length: labels }, (_, index) => ({
            id: `label-${index}`,
            annotations: { objects: [OBJECT, OBJECT] },
          })),
        },
      },
    }),
  );

/** @returns the growth of the heap when the first data is stored, in bytes */
async function heapWhileWriting(labels: number): Promise<number> {
  const body = rowOf(labels);
  const { ports, sent } = memoryPorts();
  const source = { name: 'labelbox', platform: labelbox };
  const arrival = { ...toArrival(source, {}, new Date(0)), receiptId: 'receipt' };
  let during = 0;
  const objects: typeof ports.objects = {
    ...ports.objects,
    begin(...args) {
      collect();
      during ||= process.memoryUsage().heapUsed;
      return ports.objects.begin(...args);
    },
  };
  collect();
  const before = process.memoryUsage().heapUsed;
  await relayInParts(
    {
      key: 'held/large/key',
      arrival,
      id: identifyDelivery('labelbox', body),
      size: body.length,
      isVerified: true,
      read: async () =>
        (async function* () {
          for (let at = 0; at < body.length; at += 65_536) yield body.subarray(at, at + 65_536);
        })(),
    },
    { ...ports, objects, journal: new Journal(), signal: new AbortController().signal },
    receiveSettings(labelbox),
    { ...LONG_LIMITS, inlineLength: 50 },
  );
  expect(sent).toHaveLength(1);
  return during - before;
}

test('a long list takes little of the heap while it is written', async () => {
  // The first run also compiles code, which stays.
  await heapWhileWriting(2_000);
  let growth = Infinity;
  // Other garbage of the process can disturb one round. A list in memory shows in every round.
  for (let round = 0; round < 3 && growth >= MOST; round++)
    growth = ((await heapWhileWriting(8_000)) - (await heapWhileWriting(2_000))) / 6_000;
  expect(growth).toBeLessThan(MOST);
});
