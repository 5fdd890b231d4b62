import { describe, expect, test } from '@jest/globals';
import { labelbox } from '../../../lib/platforms/labelbox/labelbox';
import type { RedeliverPorts } from '../../../lib/receive/ports';
import { createReceiver } from '../../../lib/receive/receive';
import { redeliver } from '../../../lib/receive/redeliver/redeliver';
import { sweep } from '../../../lib/receive/redeliver/sweep';
import { memoryPorts } from '../../support/memory-ports';
import { receiveSettings } from '../../support/receive-settings';
import { sign } from '../../support/send';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const RECEIVED = Date.parse('2026-01-01T00:00:00Z');
const move = { action: 'APPROVE', projectId: 'p', dataRowIds: ['a'] };

const settings = receiveSettings(labelbox);

const down = async () => {
  throw new Error('down');
};
const withoutQueues = (ports: RedeliverPorts): RedeliverPorts => ({
  ...ports,
  queues: { sendBatch: down },
});
const withoutSecrets = (ports: RedeliverPorts): RedeliverPorts => ({
  ...ports,
  secrets: { read: down, refresh: down },
});

async function deliver(ports: RedeliverPorts, body: object = move, secret = 'secret') {
  const bytes = Buffer.from(JSON.stringify(body));
  const answer = await createReceiver(
    ports,
    settings,
  )({
    method: 'POST',
    path: '/webhooks/labelbox',
    headers: { 'x-hub-signature': sign(bytes, secret) },
    body: bytes,
    receivedAt: new Date(RECEIVED),
  });
  return { status: answer.status, ...JSON.parse(answer.body) };
}

/** Where deliveries are. */
const folders = (stored: ReadonlyMap<string, unknown>) =>
  [...stored.keys()]
    .filter((key) => key !== 'progress/sweep')
    .map((key) => key.slice(0, key.lastIndexOf('/')));

test('a held delivery is delivered once, then gone', async () => {
  const { ports, sent, stored, lines } = memoryPorts();
  expect(await deliver(withoutQueues(ports))).toMatchObject({ status: 202, held: true });
  await sweep(ports, settings, { all: true });
  await sweep(ports, settings, { all: true });
  expect(sent).toHaveLength(1);
  expect(JSON.parse(sent[0]?.body ?? '').recordedtime).toBe('2026-01-01T00:00:00.000Z');
  expect(stored.size).toBe(0);
  expect(lines.join()).toContain('"Redelivered":1');
});

describe('while it fails', () => {
  /** Sweeps every minute for as many days. @returns the ages at which it was tried, in minutes */
  async function sweepFor(days: number): Promise<{ tries: number[]; folders: string[] }> {
    const { ports, stored } = memoryPorts();
    await deliver(withoutQueues(ports));
    const tries: number[] = [];
    for (let minute = 0; minute <= days * 1_440; minute++) {
      const watched: RedeliverPorts = {
        ...withoutQueues(ports),
        objects: {
          ...ports.objects,
          async get(key) {
            if (key.startsWith('held/')) tries.push(minute);
            return await ports.objects.get(key);
          },
        },
      };
      await sweep(watched, settings, { now: RECEIVED + minute * MINUTE });
    }
    return { tries, folders: folders(stored) };
  }

  /** @returns the ages at which it was tried, in minutes, of those when a sweep came */
  async function triesAt(ages: readonly number[]): Promise<number[]> {
    const { ports } = memoryPorts();
    await deliver(withoutQueues(ports));
    const tries: number[] = [];
    for (const age of ages) {
      const objects: RedeliverPorts['objects'] = {
        ...ports.objects,
        async get(key) {
          if (key.startsWith('held/')) tries.push(age);
          return await ports.objects.get(key);
        },
      };
      const now = RECEIVED + age * MINUTE;
      await sweep({ ...withoutQueues(ports), objects }, settings, { now });
    }
    return tries;
  }

  test.each([0, 0.001, 0.5, 0.999, 1, 1.001])(
    'it is tried by the first sweep that there is, at an age of %d minutes',
    async (age) => {
      expect(await triesAt([age])).toEqual([age]);
    },
  );

  test('sweeps that come late skip no turn', async () => {
    // A turn comes when the age passes a power of 1.1, here 1.1^49 = 106.7: the sweep at 111 is late.
    expect(await triesAt([100, 105, 111, 112])).toEqual([100, 111]);
    // 90 seconds apart, and 2 hours apart: each turn that passed is taken by the sweep after it.
    const slow = Array.from({ length: 20 }, (_, index) => 0.2 + index * 1.5);
    expect((await triesAt(slow)).slice(0, 10)).toEqual(slow.slice(0, 10));
    const rare = [1_000, 1_120, 1_240, 1_360];
    expect(await triesAt(rare)).toEqual(rare);
  });

  test('it is tried at most 100 times in seven days, and then parked', async () => {
    const { tries, folders } = await sweepFor(7.01);
    expect(tries.slice(0, 11)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(tries.length).toBeGreaterThan(50);
    expect(tries.length).toBeLessThanOrEqual(100);
    // Whenever the queue comes back, the wait is at most a tenth of the outage, and a minute.
    tries.slice(1).forEach((age, index) => {
      expect(age - (tries[index] ?? 0)).toBeLessThanOrEqual(age * 0.1 + 1);
    });
    expect(tries.at(-1)).toBe(7 * 1_440);
    expect(folders).toEqual(['held/parked/verified']);
  });

  test('it waits until then', async () => {
    expect((await sweepFor(6.99)).folders).toEqual(['held/verified']);
  });
});

test('one that was not swept for long is still tried before it is parked', async () => {
  const { ports, sent, stored } = memoryPorts();
  await deliver(withoutQueues(ports));
  await sweep(ports, settings, { now: RECEIVED + 7.9 * DAY });
  expect([sent.length, folders(stored)]).toEqual([1, []]);
});

test('a delivery that is still held after a day is parked without a try, since it may end the function', async () => {
  const { ports, sent, stored } = memoryPorts();
  await deliver(withoutQueues(ports));
  await sweep(ports, settings, { now: RECEIVED + 8 * DAY });
  expect(sent).toEqual([]);
  expect(folders(stored)).toEqual(['held/parked/verified']);
});

test('a delivery waits if its source is no longer configured, and is parked in the end', async () => {
  const { ports, stored } = memoryPorts();
  await deliver(withoutQueues(ports));
  const others = { ...settings, sources: new Map() };
  await sweep(ports, others, { all: true, now: RECEIVED + DAY });
  expect(folders(stored)).toEqual(['held/verified']);
  await sweep(ports, others, { now: RECEIVED + 7 * DAY });
  expect(folders(stored)).toEqual(['held/parked/verified']);
});

/** A record that somebody altered, by what was altered. */
const alter = (record: Uint8Array): [string, Uint8Array][] => {
  const text = Buffer.from(record).toString();
  const [head = '', ...rest] = text.split('\n');
  const headWith = (change: object) =>
    Buffer.from([JSON.stringify({ ...JSON.parse(head), ...change }), ...rest].join('\n'));
  return [
    ['nothing left', Buffer.alloc(0)],
    ['an end that is missing', record.subarray(0, -1)],
    ['a head that is cut', record.subarray(0, 20)],
    ['another body', Buffer.from(text.replace('APPROVE', 'REJECT '))],
    ['another file', Buffer.from('x')],
    ['an empty line', Buffer.from('\n')],
    ['null', Buffer.from('null\n{}')],
    ['no time', headWith({ receivedAt: 'yesterday' })],
    ['no headers', headWith({ headers: null })],
    ['no receiptId', headWith({ receiptId: undefined })],
    ['proofs that are none', headWith({ proofs: [null] })],
    ['another source', headWith({ source: 'label-studio' })],
  ];
};
const parkings = (lines: readonly string[]) => lines.filter((line) => /"Parked":1/.test(line));

test('a damaged record is parked unchanged, named in the log, and counted once', async () => {
  const model = memoryPorts();
  await deliver(withoutQueues(model.ports));
  const [[key = '', record = Buffer.alloc(0)] = []] = [...model.stored];
  for (const [what, bytes] of alter(record)) {
    const { ports, sent, stored, lines } = memoryPorts();
    stored.set(key, bytes);
    for (let minute = 0; minute < 5; minute++) {
      await sweep(ports, settings, { now: RECEIVED + minute * MINUTE });
    }
    const parked = key.replace('held/', 'held/parked/');
    expect([what, stored.get(parked), stored.has(key), sent]).toEqual([what, bytes, false, []]);
    expect(parkings(lines)).toHaveLength(1);
    expect(parkings(lines).join()).toContain(key);
    expect(lines.filter((line) => line.includes('"level":"error"'))).toHaveLength(1);
  }
});

test('a record that is read wrongly once is read again, and wrong bytes are never written', async () => {
  const { ports, sent, stored } = memoryPorts();
  await deliver(withoutQueues(ports));
  let reads = 0;
  const get: RedeliverPorts['objects']['get'] = (key) =>
    key.startsWith('held/') && reads++ === 0
      ? Promise.resolve(Buffer.from('x'))
      : ports.objects.get(key);
  await sweep({ ...ports, objects: { ...ports.objects, get } }, settings, { now: RECEIVED });
  expect([sent.length, folders(stored)]).toEqual([1, []]);
});

test.each(['verified', 'unverified', 'large'])(
  'one under held/%s of a format that is not known stays as it is, and the log says so',
  async (folder) => {
    const { ports, sent, stored, lines } = memoryPorts();
    await deliver(withoutQueues(ports));
    const [[key = '', record = Buffer.alloc(0)] = []] = [...stored];
    // Another version may end its records in another way.
    const text = Buffer.from(record).toString().slice(0, -1);
    const later = Buffer.from(text.replace('"format":1', '"format":2'));
    stored.clear();
    stored.set(key.replace('verified', folder), later);
    for (const days of [0.001, 6.9, 7, 7.9, 8, 30]) {
      for (const all of [false, true]) {
        await sweep(ports, settings, { now: RECEIVED + days * DAY, all });
        expect([folders(stored), sent]).toEqual([[`held/${folder}`], []]);
      }
    }
    expect(stored.get(key.replace('verified', folder))).toEqual(later);
    expect(lines.join()).toContain('"code":"unknown-version"');
    expect(lines.join()).toContain(`expected a record of format 1, got one of format 2`);
  },
);

test.each(['held/verified/', 'held/unverified/', 'held/large/', 'held/verified/notes.txt'])(
  'an object of somebody else, %s, is parked, named in the log and counted once',
  async (key) => {
    for (const all of [false, true]) {
      const { ports, stored, lines } = memoryPorts();
      stored.set(key, Buffer.alloc(0));
      for (let minute = 0; minute < 3; minute++) {
        await sweep(ports, settings, { now: RECEIVED + minute * MINUTE, all });
      }
      expect([...stored.keys()]).toEqual([key.replace('held/', 'held/parked/')]);
      expect(parkings(lines)).toHaveLength(1);
      expect(parkings(lines).join()).toContain(`"key":"${key}"`);
      // Nobody waits in it, so it does not look like a delivery that has waited since 1970.
      expect(lines.join()).not.toMatch(/"WaitingSeconds":[1-9]/);
    }
  },
);

test('authentic ones come first, and one failure to read a secret is enough for its source', async () => {
  const { ports, sent, stored } = memoryPorts();
  for (let junk = 0; junk < 20; junk++) await deliver(withoutSecrets(ports), { junk });
  await deliver(withoutQueues(ports));
  let reads = 0;
  const secrets = {
    refresh: down,
    async read() {
      reads++;
      expect(sent).toHaveLength(1);
      return await down();
    },
  };
  await sweep({ ...ports, secrets }, settings, { all: true, now: RECEIVED + MINUTE });
  expect([sent.length, folders(stored).length]).toEqual([1, 20]);
  expect(reads).toBeLessThanOrEqual(4);
});

test('a key of something else is left alone', async () => {
  const { ports, stored, lines } = memoryPorts();
  await deliver(withoutQueues(ports));
  const [record] = [...stored.values()];
  stored.clear();
  for (const key of ['held/parked/verified/a', 'rejected/unverified/a', 'held/verifiedly/a', 'a']) {
    stored.set(key, record ?? Buffer.alloc(0));
    await redeliver(key, ports, settings);
    expect([...stored.keys()]).toEqual([key]);
    stored.clear();
  }
  expect(lines.filter((line) => line.includes('could not be handled'))).toHaveLength(4);
});

describe('held unverified', () => {
  test('the authentic one is delivered, the other one rejected', async () => {
    const { ports, sent, stored } = memoryPorts();
    const out = withoutSecrets(ports);
    expect(await deliver(out)).toEqual({ status: 202, id: expect.any(String), held: true });
    await deliver(out, { ...move, dataRowIds: ['forged'] }, 'guess');
    await sweep(withoutSecrets(ports), settings, { all: true, now: RECEIVED + MINUTE });
    expect(sent).toEqual([]);
    expect(folders(stored)).toEqual(['held/unverified', 'held/unverified']);

    await sweep(ports, settings, { all: true });
    expect(sent.map(({ body }) => JSON.parse(body).data.dataRow.id)).toEqual(['a']);
    expect(folders(stored)).toEqual(['rejected/unverified']);
  });

  test('a body that is no JSON is kept when it turns out to be authentic', async () => {
    const { ports, sent, stored } = memoryPorts();
    await deliver(withoutSecrets(ports), ['two', 'things']);
    await sweep(ports, settings, { all: true });
    expect(sent).toEqual([]);
    expect(folders(stored)).toEqual(['undecodable/labelbox']);
  });
});

test('a failing store of held deliveries loses none of them', async () => {
  const { ports, sent, stored } = memoryPorts();
  await deliver(withoutQueues(ports));
  for (const broken of ['get', 'remove'] as const) {
    const objects = { ...ports.objects, [broken]: down };
    await sweep({ ...ports, objects }, settings, { all: true });
    expect(folders(stored)).toEqual(['held/verified']);
  }
  const objects = { ...ports.objects, copy: down };
  for (const days of [7.5, 8.5]) {
    await sweep({ ...withoutQueues(ports), objects }, settings, { now: RECEIVED + days * DAY });
  }
  expect(folders(stored)).toEqual(['held/verified']);
  await sweep(ports, settings, { all: true });
  expect(folders(stored)).toEqual([]);
  // Once more than once: what was sent could not be removed.
  expect(new Set(sent.map(({ body }) => JSON.parse(body).id)).size).toBe(1);
});

test('a list that fails is logged, and thrown without the text of the store', async () => {
  const { ports, lines } = memoryPorts();
  const objects: RedeliverPorts['objects'] = {
    ...ports.objects,
    folders: async () => {
      throw new Error('SECRET');
    },
    list() {
      throw new Error('SECRET');
    },
  };
  const swept = sweep({ ...ports, objects }, settings);
  await expect(swept).rejects.toEqual(new Error('held deliveries could not be listed'));
  await expect(swept).rejects.not.toHaveProperty('cause.message');
  expect(lines.join()).toContain('held deliveries could not be listed');
  expect(lines.join()).not.toContain('SECRET');
});

test('if a list breaks off, the listed deliveries are tried, and then it throws', async () => {
  const { ports, sent, lines } = memoryPorts();
  await deliver(withoutQueues(ports));
  const objects: RedeliverPorts['objects'] = {
    ...ports.objects,
    async *list(prefix) {
      yield* ports.objects.list(prefix);
      if (prefix === 'held/verified/') throw new Error('SECRET');
    },
  };
  const swept = sweep({ ...ports, objects }, settings, { now: RECEIVED });
  await expect(swept).rejects.toMatchObject({ code: 'unavailable' });
  expect(sent).toHaveLength(1);
  expect(lines.join()).toContain('held deliveries could not be listed');
});

test('a sweep that can neither read nor note when the last one was goes on', async () => {
  const { ports, sent } = memoryPorts();
  await deliver(withoutQueues(ports));
  const objects = {
    ...ports.objects,
    put: down,
    get: async (key: string) => (key.startsWith('held/') ? ports.objects.get(key) : down()),
  };
  await sweep({ ...ports, objects }, settings, { now: RECEIVED + 30_000 });
  expect(sent).toHaveLength(1);
});

test('waiting deliveries are counted, with the age of the oldest', async () => {
  const { ports, lines } = memoryPorts();
  await sweep(ports, settings, { now: RECEIVED });
  expect(lines.join()).toContain('"waiting":0');
  // A metric is charged for each hour in which it is written.
  expect(lines.join()).not.toContain('_aws');
  await deliver(withoutQueues(ports));
  await sweep(withoutQueues(ports), settings, { now: RECEIVED + 30_000 });
  expect(lines.join()).toMatch(/"waiting":1,.*"WaitingSeconds":30/);
});

test('while nothing is held, a sweep lists once, however many are parked', async () => {
  const { ports } = memoryPorts();
  await ports.objects.put('held/parked/verified/one', Buffer.from('parked'));
  const listed: string[] = [];
  const objects: RedeliverPorts['objects'] = {
    ...ports.objects,
    folders(folder) {
      listed.push(folder);
      return ports.objects.folders(folder);
    },
    list(prefix) {
      listed.push(prefix);
      return ports.objects.list(prefix);
    },
  };
  await sweep({ ...ports, objects }, settings, { now: RECEIVED });
  expect(listed).toEqual(['held/']);
  await deliver(withoutQueues(ports));
  await sweep({ ...ports, objects }, settings, { now: RECEIVED });
  expect(listed).toEqual(['held/', 'held/', 'held/verified/']);
});
