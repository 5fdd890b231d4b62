import { describe, expect, test } from '@jest/globals';
import type { EventDraft } from '../../../lib/events/draft';
import type { Message } from '../../../lib/events/message';
import { defaultRoutes } from '../../../lib/events/queues';
import type { Topic } from '../../../lib/events/topics';
import type { Queues, Telemetry } from '../../../lib/receive/ports';
import { type PublishSettings, publish } from '../../../lib/receive/publish/publish';

const telemetry: Telemetry = { log: () => {} };
const { signal } = new AbortController();

const message = (body: string): Message => ({
  body,
  attributes: { contentType: '', type: '', source: '' },
  groupId: 'g',
  size: Buffer.byteLength(body),
});

/** Remembers what was sent, and accepts as many of a batch as it is told, from its beginning. */
function fakeQueues(accept: (queue: string, count: number) => number = (_, count) => count) {
  const sent: { queue: string; bodies: string[] }[] = [];
  const queues: Queues = {
    async sendBatch(queue, messages) {
      sent.push({ queue, bodies: messages.map(({ body }) => body) });
      return messages.slice(accept(queue, messages.length));
    },
  };
  return { queues, sent };
}

const draft = (topic: Topic, name: string): EventDraft => ({
  topic,
  data: { platform: 'labelbox', event: name },
});

const settings = (overrides: Partial<PublishSettings> = {}): PublishSettings => ({
  routes: { ...defaultRoutes, 'label.created': ['a', 'b'] },
  bodyBytes: 1_000,
  pack: async ({ data }, index) => message(`${data.event} ${index}`),
  ...overrides,
});

describe('publishing', () => {
  test('ten messages at most to a batch, every message once to every queue of its route', async () => {
    const { queues, sent } = fakeQueues();
    const drafts = Array.from({ length: 25 }, () => draft('label.created', 'x'));
    await publish(drafts, settings(), { queues, telemetry, signal });
    for (const queue of ['a', 'b']) {
      const batches = sent.filter((batch) => batch.queue === queue);
      expect(batches.map((batch) => batch.bodies.length).sort()).toEqual([10, 10, 5]);
      expect(batches.flatMap((batch) => batch.bodies).sort()).toEqual(
        drafts.map((_, index) => `x ${index}`).sort(),
      );
    }
  });

  test('the place of an event is that among all events of its delivery', async () => {
    const { queues, sent } = fakeQueues();
    const drafts = [
      draft('task.created', 't'),
      draft('unrecognized', 'u'),
      draft('task.created', 't'),
    ];
    await publish(drafts, settings(), { queues, telemetry, signal });
    expect(sent).toHaveLength(2);
    expect(sent).toContainEqual({ queue: 'task-created', bodies: ['t 0', 't 2'] });
    expect(sent).toContainEqual({ queue: 'unrecognized', bodies: ['u 1'] });
  });

  test('a batch stays within 1 MiB', async () => {
    const { queues, sent } = fakeQueues();
    const third = 'x'.repeat(Math.floor(1_048_576 / 3));
    const drafts = Array.from({ length: 4 }, () => draft('task.created', third));
    await publish(drafts, settings({ pack: async () => message(third) }), {
      queues,
      telemetry,
      signal,
    });
    expect(sent.map(({ bodies }) => bodies.length)).toEqual([3, 1]);
    sent.length = 0;
    const more = settings({ pack: async () => message(`${third}x`) });
    await publish(drafts, more, { queues, telemetry, signal });
    expect(sent.map(({ bodies }) => bodies.length)).toEqual([2, 2]);
  });

  test.each<[string, (queue: string, count: number) => number]>([
    ['refuses', () => 0],
    ['always leaves one', (_, count) => count - 1],
    [
      'throws',
      () => {
        throw new Error('down');
      },
    ],
  ])(
    'when one queue %s, the others still get theirs, and it is unavailable',
    async (_, misbehave) => {
      const { queues, sent } = fakeQueues((queue, count) =>
        queue === 'b' ? misbehave(queue, count) : count,
      );
      const drafts = Array.from({ length: 400 }, () => draft('label.created', 'x'));
      await expect(
        publish(drafts, settings(), { queues, telemetry, signal }),
      ).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringMatching(/: b$/),
      });
      expect(sent.filter(({ queue }) => queue === 'a')).toHaveLength(40);
      // The failing one is not asked again and again: 16 lanes try it three times, and no more.
      expect(sent.filter(({ queue }) => queue === 'b').length).toBeLessThanOrEqual(16 * 3);
    },
  );

  test('only messages that a queue rejected are sent again', async () => {
    let calls = 0;
    const { queues, sent } = fakeQueues((_, count) => (++calls === 1 ? 7 : count));
    const drafts = Array.from({ length: 10 }, () => draft('task.created', 'x'));
    await publish(drafts, settings(), { queues, telemetry, signal });
    expect(sent.map(({ bodies }) => bodies)).toEqual([
      drafts.map((_, index) => `x ${index}`),
      ['x 7', 'x 8', 'x 9'],
    ]);
  });

  test('the events of a delivery are not in memory all at once', async () => {
    let held = 0;
    let most = 0;
    const drafts = Array.from({ length: 400 }, () => draft('task.created', 'x'));
    const pack: PublishSettings['pack'] = async () => {
      most = Math.max(most, ++held);
      return message('x');
    };
    const queues: Queues = {
      async sendBatch(_, messages) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        held -= messages.length;
        return [];
      },
    };
    await publish(drafts, settings({ pack }), { queues, telemetry, signal });
    expect(most).toBeLessThanOrEqual(16 * 10);
    // 10 MiB a body: three may be under construction at a time.
    most = 0;
    await publish(drafts, settings({ pack, bodyBytes: 10_485_760 }), { queues, telemetry, signal });
    expect(most).toBeLessThanOrEqual(3 * 10);
  });

  test('nothing to send is no call', async () => {
    const { queues, sent } = fakeQueues();
    await publish([], settings(), { queues, telemetry, signal });
    expect(sent).toEqual([]);
  });
});

test('requests are counted by the ten for each topic, and for each of its queues', async () => {
  const drafts = [
    ...Array.from({ length: 11 }, () => draft('label.created', 'c')),
    ...Array.from({ length: 10 }, () => draft('label.deleted', 'd')),
  ];
  const { queues, sent } = fakeQueues();
  // Two requests to each of two queues, and one to one queue.
  const requests = 2 * 2 + 1;
  const tooMany = publish(drafts, settings({ maxRequests: requests - 1 }), {
    queues,
    telemetry,
    signal,
  });
  await expect(tooMany).rejects.toMatchObject({ code: 'takes-long' });
  expect(sent).toEqual([]);
  await publish(drafts, settings({ maxRequests: requests }), { queues, telemetry, signal });
  expect(sent).toHaveLength(requests);
});
