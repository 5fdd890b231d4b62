import { expect, test } from '@jest/globals';
import { Poison } from '../../../lib/consume/poison';
import { observer } from '../../../lib/inspector/observe';
import { Ring } from '../../../lib/inspector/ring';
import { labelbox } from '../../../lib/platforms/labelbox/labelbox';
import type { RedeliverPorts } from '../../../lib/receive/ports';
import { createReceiver } from '../../../lib/receive/receive';
import { sweep } from '../../../lib/receive/redeliver/sweep';
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
