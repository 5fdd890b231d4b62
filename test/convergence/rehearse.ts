import { setImmediate, setTimeout } from 'node:timers/promises';
import type { AnyEvent } from '../../lib/consume/event';
import type { Random } from '../fuzz/random';

/** Time and chance of a rehearsal. */
export interface Stage {
  readonly now: () => number;
  /** A step of a worker: others may come before it, and a worker that has died goes no further. */
  step(): Promise<void>;
}

export interface Rehearsal {
  readonly random: Random;
  readonly workers: number;
  /** How likely a worker dies at a step, or the call that it is part of fails. */
  readonly crash: number;
  /** Whether time passes while workers are on their way: a lease can end under its owner. */
  readonly stalls: boolean;
  /** Lets an event take effect, in steps. @throws when it is to come again */
  readonly handle: (event: AnyEvent, stage: Stage) => Promise<unknown>;
}

const LEASE_MS = 60_000;

/** Hands out events in any order, some twice, to workers that interleave, fail and die, until none is left. */
export async function rehearse(
  history: readonly AnyEvent[],
  { random, workers, crash, stalls, handle }: Rehearsal,
): Promise<void> {
  let time = 0;
  const queue = history.flatMap((event) => (random.chance(0.2) ? [event, event] : [event]));
  const steps: (() => void)[] = [];
  let active = 0;

  const start = (event: AnyEvent): void => {
    active++;
    let isDead = false;
    const end = (isDone: boolean): void => {
      if (isDead) return;
      isDead = true;
      active--;
      if (!isDone) queue.push(event);
    };
    const step = (): Promise<void> =>
      new Promise((resolve, reject) => {
        if (isDead) return;
        steps.push(() => {
          if (!random.chance(crash)) resolve();
          else if (random.chance(0.5)) reject(new Error('down'));
          // Whatever it waits for never comes.
          else end(false);
        });
      });
    handle(event, { now: () => time, step }).then(
      () => end(true),
      () => end(false),
    );
  };

  while (queue.length > 0 || active > 0) {
    // Nothing but leases of the dead is in the way, or a worker stands still.
    if (active === 0 || (stalls && random.chance(0.02))) time += LEASE_MS + 1;
    if (queue.length > 0 && active < workers && (steps.length === 0 || random.chance(0.5))) {
      start(queue.splice(random.below(queue.length), 1)[0] as AnyEvent);
    } else if (steps.length > 0) {
      steps.splice(random.below(steps.length), 1)[0]?.();
    } else {
      await setTimeout(1);
    }
    await setImmediate();
  }
}
