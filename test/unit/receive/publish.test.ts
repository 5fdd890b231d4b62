import { describe, expect, test } from '@jest/globals';
import type { Message } from '../../../lib/events/message';
import type { Queues, Telemetry } from '../../../lib/receive/ports';
import { publish } from '../../../lib/receive/publish';

const telemetry: Telemetry = { log: () => {}, count: () => {} };

const message = (body: string): Message => ({
  body,
  attributes: { contentType: '', type: '', source: '' },
  groupId: 'g',
});

/** Remembers what was sent, and accepts as many of a batch as it is told. */
function fakeQueues(accept: (queue: string, count: number) => number = (_, count) => count) {
  const sent: { queue: string; bodies: string[] }[] = [];
  const queues: Queues = {
    async sendBatch(queue, messages) {
      sent.push({ queue, bodies: messages.map(({ body }) => body) });
      return accept(queue, messages.length);
    },
  };
  return { queues, sent };
}

const to = (queues: readonly string[], bodies: readonly string[]) =>
  bodies.map((body) => ({ message: message(body), queues }));

describe('publishing', () => {
  test('ten messages at most to a batch, every message once to every queue of its route', async () => {
    const { queues, sent } = fakeQueues();
    const bodies = Array.from({ length: 25 }, (_, index) => String(index));
    await publish(to(['a', 'b'], bodies), { queues, telemetry });
    for (const queue of ['a', 'b']) {
      const batches = sent.filter((batch) => batch.queue === queue);
      expect(batches.map((batch) => batch.bodies.length)).toEqual([10, 10, 5]);
      expect(batches.flatMap((batch) => batch.bodies)).toEqual(bodies);
    }
  });

  test('a batch stays within 1 MiB', async () => {
    const { queues, sent } = fakeQueues();
    // The attributes of each message count 3 x "String" and the names: 18 + 21 bytes.
    const third = 'x'.repeat(Math.floor(1_048_576 / 3) - 39);
    await publish(to(['a'], [third, third, third, third]), { queues, telemetry });
    expect(sent.map(({ bodies }) => bodies.length)).toEqual([3, 1]);
  });

  test.each<[string, (queue: string, count: number) => number]>([
    ['refuses', () => 0],
    ['takes a part', (_, count) => count - 1],
    [
      'throws',
      () => {
        throw new Error('down');
      },
    ],
  ])(
    'when one queue %s, all others are still tried, and it is unavailable',
    async (_, misbehave) => {
      const { queues, sent } = fakeQueues((queue, count) =>
        queue === 'b' ? misbehave(queue, count) : count,
      );
      const all = ['a', 'b', 'c'].flatMap((queue) => to([queue], ['1', '2']));
      await expect(publish(all, { queues, telemetry })).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringMatching(/: b$/),
      });
      expect(sent.map(({ queue }) => queue).sort()).toEqual(['a', 'b', 'c']);
    },
  );

  test('nothing to send is no call', async () => {
    const { queues, sent } = fakeQueues();
    await publish([], { queues, telemetry });
    expect(sent).toEqual([]);
  });
});
