import { beforeEach, expect, test } from '@jest/globals';
import { identifyDelivery } from '../../../lib/events/identify';
import { labelbox } from '../../../lib/platforms/labelbox/labelbox';
import type { Platform } from '../../../lib/platforms/platform';
import { toArrival } from '../../../lib/receive/delivery';
import type { RedeliverPorts } from '../../../lib/receive/ports';
import { redeliver } from '../../../lib/receive/redeliver/redeliver';
import { toRecord } from '../../../lib/receive/stored/record';
import { memoryPorts } from '../../support/memory-ports';
import { receiveSettings } from '../../support/receive-settings';

const RECEIVED = Date.parse('2026-01-01T00:00:00Z');
const KEY = 'held/large/2026-01-01T00:00:00.000Z-labelbox-receiptId.next';
const PROGRESS = 'progress/large/2026-01-01T00:00:00.000Z-labelbox-receiptId.next';
const ROWS = 16_000;
/** Items of fifty characters, so that a chunk of 65,536 characters has 1,310 items and a part. */
const nameOf = (row: number): string => String(row).padStart(47, 'r');
/** The items of a chunk, and of the 16 batches of ten that are being sent when a queue fails. */
const UNDERWAY = 1_310 + 160;

type Memory = ReturnType<typeof memoryPorts>;
let memory: Memory;
beforeEach(() => {
  memory = memoryPorts();
  hold(memory, { dataRowIds: Array.from({ length: ROWS }, (_, row) => nameOf(row)) });
});

function hold({ stored }: Memory, list: object): void {
  const body = Buffer.from(JSON.stringify({ action: 'APPROVE', projectId: 'p', ...list }));
  const source = { name: 'labelbox', platform: labelbox };
  const arrival = { ...toArrival(source, {}, new Date(RECEIVED)), receiptId: 'receiptId' };
  const id = identifyDelivery(source.name, body);
  stored.set(KEY, toRecord({ ...arrival, id, body, size: body.length }, true));
}

const redeliverWith = (ports: RedeliverPorts, platform: Platform = labelbox) =>
  redeliver(KEY, ports, receiveSettings(platform), RECEIVED + 60_000);

/** The queues, until they have taken so many events. */
function upTo(count: number, then: () => Promise<never>): RedeliverPorts {
  const { ports, sent } = memory;
  const sendBatch: RedeliverPorts['queues']['sendBatch'] = (queue, messages, signal) =>
    sent.length < count ? ports.queues.sendBatch(queue, messages, signal) : then();
  return { ...ports, queues: { sendBatch } };
}

const withObjects = (objects: Partial<RedeliverPorts['objects']>, ports = memory.ports) => ({
  ...ports,
  objects: { ...ports.objects, ...objects },
});

const down = () => Promise.reject(new Error('down'));

const parsed = () => memory.sent.map(({ body }) => JSON.parse(body));

/** That each row is one event, some of them sent twice. */
function expectAll(twice: { atMost: number }): void {
  const events = parsed();
  expect(new Set(events.map(({ id }) => id)).size).toBe(ROWS);
  expect(new Set(events.map(({ data }) => data.dataRow.id)).size).toBe(ROWS);
  expect(new Set(events.map(({ id, data }) => `${id} ${data.dataRow.id}`)).size).toBe(ROWS);
  expect(events.length).toBeGreaterThanOrEqual(ROWS);
  expect(events.length).toBeLessThanOrEqual(ROWS + twice.atMost);
  expect([...memory.stored.keys()]).toEqual([]);
}

test('a try goes on where the last one stopped', async () => {
  expect(await redeliverWith(upTo(5_000, down))).toBe('waits');
  const { items, events } = JSON.parse(memory.stored.get(PROGRESS)?.toString() ?? '');
  expect(items).toBe(events);
  expect(Math.abs(items - 5_000)).toBeLessThan(UNDERWAY);
  expect(await redeliverWith(upTo(9_000, down))).toBe('waits');
  expect(await redeliverWith(memory.ports)).toBe('delivered');
  expectAll({ atMost: 2 * UNDERWAY });
});

test('progress is stored every ten thousand items, for a retry after a crash', async () => {
  let died = (): void => {};
  const dead = new Promise<void>((resolve) => (died = resolve));
  let end = (): void => {};
  const silence = new Promise<never>((_, reject) => (end = () => reject(new Error('ended'))));
  const dies = (): Promise<never> => {
    died();
    return silence;
  };
  const first = redeliverWith(upTo(14_000, dies));
  await dead;
  expect(await redeliverWith(memory.ports)).toBe('delivered');
  expectAll({ atMost: 4_000 + UNDERWAY });
  // While it waits, its timer keeps Jest from ending.
  end();
  await first;
});

test('if progress cannot be stored or read, all items are sent again', async () => {
  const put = (key: string) => (key === PROGRESS ? down() : Promise.resolve('s3://bucket/key'));
  expect(await redeliverWith(withObjects({ put }, upTo(12_000, down)))).toBe('waits');
  expect(memory.sent.length).toBeGreaterThanOrEqual(12_000);
  expect([...memory.stored.keys()]).toEqual([KEY]);
  memory.stored.set(PROGRESS, Buffer.from('{"items":16000,"ev'));
  expect(await redeliverWith(upTo(14_000, down))).toBe('waits');
  expect(await redeliverWith(withObjects({ get: down }))).toBe('delivered');
  expect(memory.lines.join()).toContain('"progress":{');
  expectAll({ atMost: 14_000 + UNDERWAY });
});

test('if progress cannot be removed, only the end is sent again', async () => {
  const remove = (key: string) => (key === KEY ? down() : memory.ports.objects.remove(key));
  expect(await redeliverWith(withObjects({ remove }))).toBe('waits');
  expect(await redeliverWith(memory.ports)).toBe('delivered');
  expectAll({ atMost: 6_000 + UNDERWAY });
});

test('if items became one event together, later items still count as unsent', async () => {
  const broken: Platform = {
    ...labelbox,
    normalize(body, context) {
      if (JSON.stringify(body).includes(nameOf(2_000))) throw new TypeError('broken');
      return labelbox.normalize(body, context);
    },
  };
  expect(await redeliverWith(upTo(5_000, down), broken)).toBe('waits');
  // The network parts it in other places.
  const { objects } = memory.ports;
  const open: typeof objects.open = async (key, part) => {
    const stored = await objects.open(key, part);
    return stored && { ...stored, chunks: joined(stored.chunks) };
  };
  expect(await redeliverWith(withObjects({ open }), broken)).toBe('delivered');
  const contents = new Map<string, string>();
  for (const { id, type, data } of parsed()) {
    const rows = type === 'labelrelay.unrecognized' ? data.native.dataRowIds : [data.dataRow.id];
    expect(contents.get(id) ?? String(rows)).toBe(String(rows));
    contents.set(id, String(rows));
  }
  const rows = [...contents.values()].flatMap((text) => text.split(','));
  expect([rows.length, new Set(rows).size]).toEqual([ROWS, ROWS]);
  expect(contents.size).toBeLessThan(ROWS);
});

async function* joined(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const all = [];
  for await (const chunk of chunks) all.push(chunk);
  yield Buffer.concat(all);
}
