import { setTimeout } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { labelbox } from '../../../lib/platforms/labelbox/labelbox';
import { createReceiver } from '../../../lib/receive/receive';
import { NEXT } from '../../../lib/receive/stored/object-keys';
import { startRedelivery } from '../../../lib/server/start-redelivery';
import { memoryPorts } from '../../support/memory-ports';
import { receiveSettings } from '../../support/receive-settings';
import { sign } from '../../support/send';

test('a delivery is not tried by two sweeps at once', async () => {
  const settings = receiveSettings(labelbox);
  const { ports, sent, stored } = memoryPorts();
  const body = Buffer.from(
    JSON.stringify({ action: 'APPROVE', projectId: 'p', dataRowIds: ['a'] }),
  );
  await createReceiver(
    { ...ports, queues: { sendBatch: () => Promise.reject() } },
    settings,
  )({
    method: 'POST',
    path: '/webhooks/labelbox',
    headers: { 'x-hub-signature': sign(body, 'secret') },
    body,
    receivedAt: new Date(),
  });
  const [[key, record] = ['']] = stored;
  stored.clear();

  let tries = 0;
  let listed = 0;
  const objects = {
    ...ports.objects,
    async get(tried: string) {
      tries++;
      // Until the sweep has listed what is verified, and come to it.
      while (listed < 1) await setTimeout(5);
      await setTimeout(5);
      return ports.objects.get(tried);
    },
    async folders(folder: string) {
      // The delivery is stored meanwhile.
      await setTimeout(10);
      return ports.objects.folders(folder);
    },
    async *list(prefix: string) {
      await setTimeout(10);
      yield* ports.objects.list(prefix);
      listed++;
    },
  };
  // It begins with a sweep, which finds what is stored meanwhile.
  const redelivery = startRedelivery({ ...ports, objects }, settings);
  await redelivery.objects.put(key + NEXT, record ?? body);
  while (stored.size > 0) await setTimeout(10);
  await redelivery.stop();
  expect([tries, sent.length]).toEqual([1, 1]);
});
