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
/** For each redelivery, in bytes. */
const MOST = 100;

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
  let before = await heapAfter(RUNS);
  let growth = Infinity;
  // Other garbage of the process can disturb one round. A signal that waits for its time keeps more than 1 KB in each.
  for (let round = 0; round < 3 && growth >= MOST; round++) {
    const after = await heapAfter(RUNS);
    growth = (after - before) / RUNS;
    before = after;
  }
  expect(growth).toBeLessThan(MOST);
});
