import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createMissing } from '../../lib/aws/create-missing';
import { redeliverPorts } from '../../lib/aws/redeliver-ports';
import { readConfig } from '../../lib/config/read-config';
import { identifyDelivery } from '../../lib/events/identify';
import { LONG_LIMITS } from '../../lib/json/long/placeholder';
import { labelbox } from '../../lib/platforms/labelbox/labelbox';
import { toArrival } from '../../lib/receive/delivery';
import { relayInParts } from '../../lib/receive/large/relay-in-parts';
import { Journal } from '../../lib/receive/log/journal';
import { toRecord } from '../../lib/receive/stored/record';
import { openDelivery } from '../../lib/receive/stored/stored-delivery';
import { startAws } from '../../lib/server/start-embedded';
import * as proxies from '../support/aws-proxy';
import { deleteObjects, drain, listObjects, readObject } from '../support/read-queues';
import { receiveSettings } from '../support/receive-settings';

// Text for which there is no room in memory is stored in S3 until it is its turn: groups of items until all were read, and what
// comes after them in an event.

/** There is room for about a fourth of the tracks of the smaller video, and each block has about a hundred keyframes. */
const LIMITS = { ...LONG_LIMITS, groupedLength: 160_000, blockLength: 8_000, earlyLength: 1_000 };
const FRAMES = 200;
const FEATURES = 40;
const KEY = 'held/large/2026-03-02T10:41:55.287Z-labelbox-receiptId';
const settings = receiveSettings(labelbox);

let aws: Awaited<ReturnType<typeof startAws>>;
let proxy: proxies.AwsProxy;
let ports: ReturnType<typeof redeliverPorts>;
beforeAll(async () => {
  aws = await startAws(0);
  proxy = await proxies.startAwsProxy(aws.endpoint);
  await createMissing(readConfig({ AWS_ENDPOINT_URL: aws.endpoint }));
  const config = readConfig({
    AWS_ENDPOINT_URL: proxy.url,
    LABELRELAY_QUEUE_URL_BASE: `${aws.endpoint}/000000000000/`,
  });
  ports = redeliverPorts(config);
});
afterAll(() => {
  proxy.stop();
  aws.stop();
});
beforeEach(async () => {
  await deleteObjects(aws.endpoint);
  proxy.fault = () => undefined;
  proxy.calls.length = 0;
});

const boxOn = (frame: number) => ({
  name: 'Car',
  bounding_box: { top: 1, left: 2, height: 3, width: frame },
});

/** Stores a held delivery of labels with the same objects, and a classification, on each of so many frames. */
async function hold(frameCount: number, labelCount = 1): Promise<void> {
  const numbers = Array.from({ length: frameCount }, (_, index) => index + 1);
  const features = Array.from({ length: FEATURES }, (_, index) => `feature-${index}`);
  const frames = Object.fromEntries(
    numbers.map((frame) => [
      frame,
      {
        objects: Object.fromEntries(features.map((feature) => [feature, boxOn(frame)])),
        classifications: [{ name: 'weather', radio_answer: { name: 'sunny' } }],
      },
    ]),
  );
  const labels = Array.from({ length: labelCount }, (_, index) => ({
    id: `label-${index}`,
    annotations: { frames },
  }));
  const row = { data_row: { id: 'row' }, projects: { project: { labels } } };
  const body = Buffer.from(JSON.stringify(row));
  const source = { name: 'labelbox', platform: labelbox };
  const arrival = { ...toArrival(source, {}, new Date(0)), receiptId: 'receiptId' };
  const id = identifyDelivery(source.name, body);
  await ports.objects.put(KEY, toRecord({ ...arrival, id, body, size: body.length }, true));
}

/** One try to redeliver it. */
async function relay(
  signal = new AbortController().signal,
  journal = new Journal(),
): Promise<void> {
  const context = { ...ports, journal, signal };
  const stored = await openDelivery(KEY, context, settings.sources);
  if (!stored) throw new Error('expected the delivery that was just stored');
  await relayInParts(stored, context, settings, LIMITS);
}

type Keyframe = { readonly frame: number; readonly bbox: readonly number[] };

const events = () => drain(aws.endpoint, ['label-created', 'label-updated', 'unrecognized']);

async function expectEvent(frameCount: number, labelCount = 1): Promise<void> {
  const [received, ...others] = await events();
  expect(others).toEqual([]);
  const data = JSON.parse((await readObject(aws.endpoint, received?.event.dataref)).toString());
  expect(data.labels).toHaveLength(labelCount);
  for (const { annotations, classifications } of data.labels) {
    expect(annotations.map(({ id }: { id: string }) => id)).toEqual(
      Array.from({ length: FEATURES }, (_, index) => `feature-${index}`),
    );
    for (const { keyframes } of annotations) {
      expect(keyframes.map(({ frame, bbox }: Keyframe) => [frame, bbox])).toEqual(
        Array.from({ length: frameCount }, (_, index) => [index + 1, [2, 1, index + 1, 3]]),
      );
    }
    expect(classifications.map(({ frame }: Keyframe) => frame)).toEqual(
      Array.from({ length: frameCount }, (_, index) => index + 1),
    );
  }
}

async function expectNothing(): Promise<void> {
  expect(await events()).toEqual([]);
  for (const folder of ['progress/', 'data/']) {
    expect(await listObjects(aws.endpoint, folder)).toEqual([]);
  }
}

const countOf = (name: RegExp): number => proxy.calls.filter((call) => name.test(call)).length;

/** How often the body, and blocks, are read. */
async function readsOf(frameCount: number, labelCount?: number) {
  await hold(frameCount, labelCount);
  proxy.calls.length = 0;
  await relay();
  await expectEvent(frameCount, labelCount);
  return { body: countOf(/^GET held/), blocks: countOf(/^GET progress/) };
}

test('four times the frames take four times the work: the body is read as often, and each block once', async () => {
  const few = await readsOf(FRAMES);
  const many = await readsOf(4 * FRAMES);
  expect(many.body).toBe(few.body);
  expect(few.blocks).toBeGreaterThan(20);
  expect(many.blocks / few.blocks).toBeLessThan(5);
  expect(await listObjects(aws.endpoint, 'progress/')).toEqual([]);
});

test('four times the labels take four times the work', async () => {
  const few = await readsOf(50, 4);
  const many = await readsOf(50, 16);
  expect(many.body).toBe(few.body);
  expect(few.blocks).toBeGreaterThan(3);
  expect(many.blocks / few.blocks).toBeLessThan(5);
});

describe.each([
  ['fails', proxies.fails],
  ['denies', proxies.denies],
  ['cuts off', proxies.cutsOff],
  ['loses its answer', proxies.losesItsAnswer],
  ['talks nonsense', proxies.talksNonsense],
  ['answers nothing', proxies.answersNothing],
])('the store %s', (_, fault) => {
  test.each(['PUT', 'GET'])(
    'at %s: no event, nothing is left, and the next try delivers',
    async (method) => {
      await hold(FRAMES);
      let calls = 0;
      proxy.fault = (call) =>
        call.startsWith(`${method} progress/`) && ++calls > 9 ? fault : undefined;
      await expect(relay()).rejects.toMatchObject({ code: 'unavailable' });
      expect(calls).toBeGreaterThan(9);
      await expectNothing();

      proxy.fault = () => undefined;
      await relay();
      await expectEvent(FRAMES);
    },
  );

  test('at DELETE: the event is delivered, and the blocks expire', async () => {
    await hold(FRAMES);
    proxy.fault = (call) => (call.startsWith('DELETE progress/') ? fault : undefined);
    await relay();
    await expectEvent(FRAMES);
  });
});

test('the log tells of blocks that could not be removed', async () => {
  await hold(FRAMES);
  proxy.fault = (call) => (call.startsWith('DELETE progress/') ? proxies.denies : undefined);
  const journal = new Journal();
  await relay(undefined, journal);
  journal.conclude('info', 'relayed');
  const lines: unknown[] = [];
  journal.write({ log: (_level, _message, fields) => lines.push(fields) });
  expect(lines).toEqual([
    expect.objectContaining({ overflow: expect.objectContaining({ status: 400 }) }),
  ]);
  await expectEvent(FRAMES);
});

test.each(['PUT', 'GET'])('no more time at %s: no event, and nothing is left', async (method) => {
  await hold(FRAMES);
  const late = new AbortController();
  proxy.fault = (call) => {
    if (call.startsWith(`${method} progress/`)) late.abort();
    return undefined;
  };
  await expect(relay(late.signal)).rejects.toMatchObject({ code: 'unavailable' });
  await expectNothing();
});
