import { setMaxListeners } from 'node:events';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import type { Message } from '../../../lib/events/message';
import { groupCommit } from '../../../lib/receive/publish/group-commit';

const message = (body: string): Message => ({
  body,
  attributes: { contentType: '', type: '', source: '' },
  groupId: 'g',
  size: Buffer.byteLength(body),
});
const names = (messages: readonly Message[]): string[] => messages.map(({ body }) => body);
const { signal: never } = new AbortController();
setMaxListeners(0, never);

/** Ends a turn of the event loop, and that of what this turn has begun. */
async function turn(): Promise<void> {
  await setImmediate();
  await setImmediate();
}

/** Queues whose calls end when the test says so. */
function openQueues() {
  const calls: {
    readonly queue: string;
    readonly bodies: string[];
    readonly signal: AbortSignal;
    /** @param refused the bodies that the queue refuses */
    end(refused?: string[]): void;
    fail(error: Error): void;
  }[] = [];
  const grouped = groupCommit({
    sendBatch: (queue, messages, signal) =>
      new Promise((resolve, reject) => {
        const end = (refused: string[] = []) =>
          resolve(messages.filter(({ body }) => refused.includes(body)));
        calls.push({ queue, bodies: names(messages), signal, end, fail: reject });
      }),
  });
  const send = (body: string, signal = never) => grouped.sendBatch('q', [message(body)], signal);
  return { calls, grouped, send };
}

test('a delivery alone is sent within this turn of the event loop', async () => {
  const { calls, send } = openQueues();
  send('a');
  await turn();
  expect(calls.map(({ bodies }) => bodies)).toEqual([['a']]);
});

test('deliveries of one turn share a call', async () => {
  const { calls, send } = openQueues();
  const sent = ['a', 'b', 'c'].map((body) => send(body));
  await turn();
  expect(calls.map(({ bodies }) => bodies)).toEqual([['a', 'b', 'c']]);
  calls[0]?.end();
  expect(await Promise.all(sent)).toEqual([[], [], []]);
});

test('deliveries that come while a call is under way share the next one', async () => {
  const { calls, send } = openQueues();
  const first = send('a');
  await turn();
  const others = ['b', 'c', 'd'].map((body) => send(body));
  expect(calls).toHaveLength(1);
  calls[0]?.end();
  expect(await first).toEqual([]);
  await turn();
  expect(calls.map(({ bodies }) => bodies)).toEqual([['a'], ['b', 'c', 'd']]);
  calls[1]?.end();
  expect(await Promise.all(others)).toEqual([[], [], []]);
});

test('ten are sent without a wait, and each queue has calls of its own', async () => {
  const { calls, grouped, send } = openQueues();
  send('first');
  await turn();
  for (let count = 0; count < 11; count++) send(`m${count}`);
  expect(calls.map(({ bodies }) => bodies.length)).toEqual([1, 10]);
  grouped.sendBatch('other', [message('o')], never);
  await turn();
  const others = calls.filter(({ queue }) => queue === 'other');
  expect(others.map(({ bodies }) => bodies)).toEqual([['o']]);
});

test('together they are within the limit of a batch, 1 MiB', async () => {
  const { calls, send } = openQueues();
  send('first');
  await turn();
  const body = 'x'.repeat(400_000);
  for (let count = 0; count < 3; count++) send(body);
  // Two have 800,000 bytes and their attributes, three have too many.
  expect(calls.map(({ bodies }) => bodies.length)).toEqual([1, 2]);
});

test('a message waits for a call that is under way longer than a turn of the event loop', async () => {
  // The longest wait does not end here, however slow the machine is.
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'clearImmediate', 'nextTick'] });
  try {
    const { calls, send } = openQueues();
    send('first');
    await turn();
    send('b');
    await turn();
    expect(calls.map(({ bodies }) => bodies)).toEqual([['first']]);
    jest.advanceTimersByTime(10);
    expect(calls.map(({ bodies }) => bodies)).toEqual([['first'], ['b']]);
  } finally {
    jest.useRealTimers();
  }
});

test('a call that hangs keeps the others for a few milliseconds', async () => {
  const { calls, send } = openQueues();
  send('hangs');
  await turn();
  send('b');
  send('c');
  await setTimeout(50);
  expect(calls.map(({ bodies }) => bodies)).toEqual([['hangs'], ['b', 'c']]);
});

test('a refused entry is the refusal of its delivery, and of no other', async () => {
  const { calls, send } = openQueues();
  send('first');
  await turn();
  const others = ['b', 'c'].map((body) => send(body));
  calls[0]?.end();
  await turn();
  calls[1]?.end(['c']);
  expect((await Promise.all(others)).map(names)).toEqual([[], ['c']]);
});

test('deliveries of a failed call are sent alone', async () => {
  const { calls, send } = openQueues();
  send('first');
  await turn();
  const others = ['b', 'c'].map((body) => send(body));
  calls[0]?.end();
  await turn();
  calls[1]?.fail(new Error('one entry is wrong'));
  await turn();
  expect(calls.slice(2).map(({ bodies }) => bodies)).toEqual([['b'], ['c']]);
  calls[2]?.end();
  calls[3]?.fail(new Error('it is this one'));
  expect(await others[0]).toEqual([]);
  await expect(others[1]).rejects.toThrow('it is this one');
});

test('a delivery ends at its own deadline, and the call goes on for the others', async () => {
  const { calls, send } = openQueues();
  send('first');
  await turn();
  const [one, other] = [new AbortController(), new AbortController()];
  const late = send('late', one.signal);
  const patient = send('patient', other.signal);
  calls[0]?.end();
  await turn();
  one.abort(new Error('over'));
  await expect(late).rejects.toThrow('over');
  expect(calls[1]?.signal.aborted).toBe(false);
  calls[1]?.end();
  expect(await patient).toEqual([]);
});

test('a delivery that is over is not sent again when its call fails', async () => {
  const { calls, send } = openQueues();
  const over = new AbortController();
  const late = send('late', over.signal);
  const patient = send('patient');
  await turn();
  over.abort(new Error('over'));
  await expect(late).rejects.toThrow('over');
  calls[0]?.fail(new Error('one entry is wrong'));
  await turn();
  expect(calls.map(({ bodies }) => bodies)).toEqual([['late', 'patient'], ['patient']]);
  calls[1]?.end();
  expect(await patient).toEqual([]);
});

test('a call ends with the last of its deliveries', async () => {
  const { calls, send } = openQueues();
  send('first');
  await turn();
  const controllers = [new AbortController(), new AbortController()];
  const sent = controllers.map(({ signal }, index) => send(`m${index}`, signal));
  calls[0]?.end();
  await turn();
  for (const controller of controllers) controller.abort(new Error('over'));
  for (const each of sent) await expect(each).rejects.toThrow('over');
  expect(calls[1]?.signal.aborted).toBe(true);
});

/** The fate of a message at its queue. */
type Fate = 'taken' | 'refused' | 'spoils its call';

test('each delivery gets the result of its own messages, in any company', async () => {
  const fate = fc.constantFrom<Fate>('taken', 'taken', 'taken', 'refused', 'spoils its call');
  const delivery = fc.record({
    fates: fc.array(fate, { minLength: 1, maxLength: 10 }),
    bytes: fc.constantFrom(10, 100_000),
    waitMs: fc.integer({ min: 0, max: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(delivery, { maxLength: 30 }), async (deliveries) => {
      const fates = new Map<Message, Fate>();
      const taken = new Set<Message>();
      const grouped = groupCommit({
        async sendBatch(_, messages) {
          expect(messages.length).toBeLessThanOrEqual(10);
          const bytes = messages.reduce((sum, { size }) => sum + size, 0);
          expect(bytes).toBeLessThanOrEqual(1_048_576);
          await setTimeout(messages.length % 3);
          if (messages.some((each) => fates.get(each) === 'spoils its call')) throw new Error('no');
          for (const each of messages) if (fates.get(each) === 'taken') taken.add(each);
          return messages.filter((each) => fates.get(each) === 'refused');
        },
      });
      await Promise.all(
        deliveries.map(async ({ fates: own, bytes, waitMs }) => {
          await setTimeout(waitMs);
          const messages = own.map((fate) => {
            const made = message('x'.repeat(bytes));
            fates.set(made, fate);
            return made;
          });
          const answer = await grouped.sendBatch('q', messages, never).catch(() => 'failed');
          const refused = messages.filter((each) => fates.get(each) === 'refused');
          expect(answer).toEqual(own.includes('spoils its call') ? 'failed' : refused);
          if (answer !== 'failed') {
            const left = messages.filter((each) => !taken.has(each));
            expect(left).toEqual(refused);
          }
        }),
      );
    }),
    { numRuns: 100 },
  );
});
