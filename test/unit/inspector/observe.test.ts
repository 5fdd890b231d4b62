import { expect, test } from '@jest/globals';
import { Poison } from '../../../lib/consume/poison';
import { observer } from '../../../lib/inspector/observe';
import { Ring } from '../../../lib/inspector/ring';
import { labelbox } from '../../../lib/platforms/labelbox/labelbox';
import type { RedeliverPorts } from '../../../lib/receive/ports';
import { createReceiver } from '../../../lib/receive/receive';
import { sweep } from '../../../lib/receive/redeliver/sweep';
import { startRedelivery } from '../../../lib/server/start-redelivery';
import { eventually } from '../../support/eventually';
import { memoryPorts } from '../../support/memory-ports';
import { receiveSettings } from '../../support/receive-settings';
import { sign } from '../../support/send';

const RECOVERED = '2026-01-02T00:00:00.000Z';
const settings = receiveSettings(labelbox);
const moves = (ids: readonly string[]) => ({ action: 'APPROVE', projectId: 'p', dataRowIds: ids });

/** A receiver that is watched, and the ports that it was given. */
function watched(broken: Partial<RedeliverPorts> = {}) {
  const ring = new Ring();
  const memory = memoryPorts();
  const seen = observer(ring, settings.sources);
  const given = { ...memory.ports, ...broken };
  const ports = {
    ...given,
    queues: seen.queues(given.queues),
    telemetry: seen.telemetry(given.telemetry),
  };
  const receive = seen.receiver(createReceiver(ports, settings));
  const deliver = (body: object, receivedAt = new Date('2026-01-01T00:00:00Z')) => {
    const bytes = Buffer.from(JSON.stringify(body));
    return receive({
      method: 'POST',
      path: '/webhooks/labelbox',
      headers: { 'x-hub-signature': sign(bytes, 'secret') },
      body: bytes,
      receivedAt,
    });
  };
  return { ring, memory, seen, ports, deliver };
}

test('events are those of their delivery, also when several are on their way at once', async () => {
  const { ring, deliver } = watched();
  await Promise.all(['a', 'b', 'c', 'd'].map((id) => deliver(moves([id]))));
  const found = [...ring.all()].map(({ row, content }) => [
    row.subject,
    content?.events.map(({ subject }) => subject),
    Buffer.from(content?.body ?? [])
      .toString()
      .includes(`["${row.subject?.split('/')[3]}"]`),
  ]);
  expect(found).toEqual(
    ['a', 'b', 'c', 'd'].map((id) => {
      const subject = `project/p/data-row/${id}/workflow`;
      return [subject, [subject], true];
    }),
  );
});

test('a held delivery says why, and is accepted once redelivery is done', async () => {
  let isDown = true;
  const memory = memoryPorts();
  const { ring, ports, deliver } = watched({
    objects: memory.ports.objects,
    queues: {
      async sendBatch(...given) {
        if (isDown) throw new Error('down');
        return memory.ports.queues.sendBatch(...given);
      },
    },
  });
  await deliver(moves(['a']));
  const only = ring.get(1);
  expect(only?.row).toMatchObject({
    verdict: 'held',
    status: 202,
    why: expect.stringContaining('workflow-action'),
  });
  expect(only?.content?.events[0]?.queues).toEqual({ 'workflow-action': 'not sent' });
  isDown = false;
  await sweep(ports, settings, { all: true });
  expect(ring.rows()).toHaveLength(1);
  expect(ring.get(1)?.row).toMatchObject({ verdict: 'accepted', events: 1 });
  expect(only?.content?.events[0]?.queues).toEqual({ 'workflow-action': 'sent' });
});

test('a delivery that was held only to save time is accepted soon, and keeps its duration', async () => {
  const { ring, ports, seen } = watched();
  const large = { ...settings, maxBodyBytes: 1_000_000 };
  const redelivery = startRedelivery(ports, large);
  const receive = seen.receiver(createReceiver({ ...ports, objects: redelivery.objects }, large));
  // One queue takes ten messages at once, and no sender waits for more than 32 calls.
  const ids = Array.from({ length: 1_000 }, (_, index) => `row-${index}`);
  const body = Buffer.from(JSON.stringify(moves(ids)));
  const answer = await receive({
    method: 'POST',
    path: '/webhooks/labelbox',
    headers: { 'x-hub-signature': sign(body, 'secret') },
    body,
    receivedAt: new Date(Date.now() - 60_000),
  });
  expect(JSON.parse(answer.body)).toMatchObject({ held: true, events: ids.length });
  const { ms } = ring.get(1)?.row ?? {};
  const row = await eventually(
    async () => ring.get(1)?.row,
    (seenRow) => seenRow?.verdict === 'accepted',
  );
  await redelivery.stop();
  expect(row).toMatchObject({ verdict: 'accepted', events: ids.length, ms });
  expect(ms).toBeGreaterThanOrEqual(60_000);
  expect(ring.rows()).toHaveLength(1);
});

test.each([
  ['/webhooks/labelbox', '/webhooks/labelbox'],
  ['/training/labelbox/model_run', '/training/labelbox/model_run'],
  ['/training/labelbox/model_run/', '/training/labelbox/model_run'],
  ['/webhooks/nobody', '/webhooks/nobody'],
  ['/webhooks/labelbox/5d41402abc4b2a76b9719d911017c592', '/webhooks/labelbox'],
  ['/webhooks/labelbox/S3CRET', '/webhooks/labelbox'],
  ['/webhooks/S3CRET', '/webhooks'],
  ['/5d41402abc4b2a76', '/'],
])('of the path %s is shown %s', async (path, shown) => {
  const { ring, ports, seen } = watched();
  const receive = seen.receiver(createReceiver(ports, settings));
  const body = Buffer.from('{}');
  await receive({ method: 'POST', path, headers: {}, body, receivedAt: new Date() });
  expect(ring.get(1)?.row.path).toBe(shown);
});

test('what a worker does is shown, and its errors are still its own', async () => {
  const { ring, memory, seen, deliver } = watched();
  await deliver(moves(['a', 'b', 'c']));
  const [done, bad, again] = memory.sent.map(({ body }) => body);
  const queue = 'workflow-action';
  expect(await seen.worker(queue, async () => 'stale')(done ?? '')).toBe('stale');
  const poison = seen.worker(queue, async () => {
    throw new Poison('never');
  });
  await expect(poison(bad ?? '')).rejects.toThrow('never');
  const failing = seen.worker(queue, async () => {
    throw new Error('later');
  });
  await expect(failing(again ?? '')).rejects.toThrow('later');
  await expect(failing('no event')).rejects.toThrow('later');
  expect(ring.get(1)?.content?.events.map(({ queues }) => queues[queue])).toEqual([
    'stale',
    'dead letter',
    'retry',
  ]);
});

test('events without a delivery have a line of their own', async () => {
  const { ring, memory, ports, deliver } = watched();
  await deliver(moves(['a']));
  const { body = '' } = memory.sent[0] ?? {};
  // In a message, the data comes last.
  const { data, ...other } = JSON.parse(body);
  const message = {
    body: JSON.stringify({ ...other, id: 'x', recovered: true, recordedtime: RECOVERED, data }),
    attributes: { type: other.type, source: other.source, contentType: '' },
    groupId: 'g',
    size: 0,
  };
  await ports.queues.sendBatch('workflow-action', [message], new AbortController().signal);
  expect(ring.get(2)?.row).toMatchObject({ verdict: 'observed', why: 'Reconciliation found it.' });
});

test('a failure of the record disturbs no delivery', async () => {
  const { ring, memory, deliver } = watched();
  for (const name of ['add', 'addEvent', 'change'] as const) {
    const before = ring[name];
    Object.assign(ring, {
      [name]: () => {
        throw new Error('broken');
      },
    });
    expect((await deliver(moves([name]))).status).toBe(202);
    Object.assign(ring, { [name]: before });
  }
  expect(memory.sent).toHaveLength(3);
});
