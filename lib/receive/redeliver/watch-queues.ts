import { DEAD_LETTER_SUFFIX } from '../../events/queues';
import { describeError } from '../log/describe-error';
import type { Telemetry } from '../ports';

/** The time between two looks at the queues, in milliseconds. */
const WATCH_MS = 300_000;
/** A schedule is not exact: a look that is this much early is not left to the next call. */
const EARLY_MS = 30_000;

/** Tells how much is in queues, by their names without the prefix `labelrelay-<stage>-`. */
export interface QueueDepths {
  /** About how many messages are in a queue, those that a worker has now included. */
  count(queue: string): Promise<number>;
  /** The age of the oldest message of each queue, in seconds, as far as it is known. */
  oldest(queues: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

/**
 * Looks every five minutes whether queues have dead letters or old messages. It writes metrics for all queues together, and
 * only if there is something: an alarm for each queue would cost more than the rest of a deployment.
 *
 * @param queues those of workers, without their prefix
 * @returns a function for each call of a schedule. @throws LabelrelayError the error of a queue that cannot be read, after
 *   the others were
 */
export function queueWatch(
  queues: readonly string[],
  depths: QueueDepths,
  telemetry: Telemetry,
): (now?: number) => Promise<void> {
  let next = 0;
  return async (now = Date.now()) => {
    if (now < next) return;
    next = now + WATCH_MS - EARLY_MS;
    await watchQueues(queues, depths, telemetry);
  };
}

async function watchQueues(
  queues: readonly string[],
  { count, oldest }: QueueDepths,
  { log }: Telemetry,
): Promise<void> {
  const failures: unknown[] = [];
  const countAll = async (names: readonly string[]): Promise<[string, number][]> => {
    const counts = await Promise.all(
      names.map(async (name): Promise<[string, number]> => {
        try {
          return [name, await count(name)];
        } catch (error) {
          failures.push(error);
          log('error', 'a queue could not be read', { queue: name, error: describeError(error) });
          return [name, 0];
        }
      }),
    );
    return counts.filter(([, messages]) => messages > 0);
  };
  const deadLetters = await countAll(queues.map((queue) => queue + DEAD_LETTER_SUFFIX));
  if (deadLetters.length > 0) {
    const sum = deadLetters.reduce((all, [, messages]) => all + messages, 0);
    const fields = { queues: Object.fromEntries(deadLetters) };
    log('warn', 'there are dead letters', fields, new Map([['DeadLetters', sum]]));
  }
  const waiting = (await countAll(queues)).map(([queue]) => queue);
  const ages = waiting.length > 0 ? await oldest(waiting) : new Map<string, number>();
  if (ages.size > 0) {
    const fields = { queues: Object.fromEntries(ages) };
    const most = Math.max(...ages.values());
    log('info', 'messages wait', fields, new Map([['OldestMessageSeconds', most]]));
  }
  if (failures.length > 0) throw failures[0];
}
