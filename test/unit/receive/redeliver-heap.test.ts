import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { labelbox } from '../../../lib/platforms/labelbox/labelbox';
import type { RedeliverPorts } from '../../../lib/receive/ports';
import { createReceiver } from '../../../lib/receive/receive';
import { redeliver } from '../../../lib/receive/redeliver/redeliver';
import { memoryPorts } from '../../support/memory-ports';
import { receiveSettings } from '../../support/receive-settings';
import { sign } from '../../support/send';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

const settings = { ...receiveSettings(labelbox), archive: true };
const down = { sendBatch: () => Promise.reject(new Error('down')) };

const RUNS = 1_000;

test('a redelivery keeps nothing on the heap', async () => {
  const { ports: inMemory, stored, sent, lines } = memoryPorts();
  const ports: RedeliverPorts = {
    ...inMemory,
    queues: {
      sendBatch(queue, messages, signal) {
        // As a client does that can be given up.
        signal.addEventListener('abort', () => {});
        return inMemory.queues.sendBatch(queue, messages, signal);
      },
    },
  };
  const body = Buffer.from('{"action":"APPROVE","projectId":"p","dataRowIds":["a"]}');
  await createReceiver(
    { ...ports, queues: down },
    settings,
  )({
    method: 'POST',
    path: '/webhooks/labelbox',
    headers: { 'x-hub-signature': sign(body, 'secret') },
    body,
    receivedAt: new Date(),
  });
  const [[key, record] = ['', new Uint8Array()]] = stored;

  /** The same one again and again. @returns what is on the heap then, in bytes */
  const heapAfter = async (runs: number): Promise<number> => {
    const outcomes = new Set<string>();
    for (let run = 0; run < runs; run++) {
      stored.set(key, record);
      outcomes.add(await redeliver(key, ports, settings));
      sent.length = 0;
      lines.length = 0;
    }
    stored.clear();
    expect([...outcomes]).toEqual(['delivered']);
    await new Promise((resolve) => setImmediate(resolve));
    collect();
    return process.memoryUsage().heapUsed;
  };
  const heaps: number[] = [];
  for (let round = 0; round < 4; round++) heaps.push(await heapAfter(RUNS));
  const growths = heaps.slice(1).map((heap, index) => heap - (heaps[index] ?? 0));
  // A signal that waits for its time keeps more than 1 KB, in every round. Other garbage of the
  // process can disturb one.
  expect(Math.min(...growths) / RUNS).toBeLessThan(100);
});
