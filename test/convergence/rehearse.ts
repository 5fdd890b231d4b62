import { setImmediate, setTimeout } from 'node:timers/promises';
import type { AnyEvent } from '../../lib/consume/event';
import type { Verdict } from '../../lib/consume/guard';
import { handleMessage } from '../../lib/consume/handle-message';
import type { Queue } from '../../lib/consume/queue';
import type { Random } from '../fuzz/random';
import { SimulatedClock } from './simulated-clock';
import { type Receipt, SimulatedQueue } from './simulated-queue';

/** Time and chance of a rehearsal. */
export interface Stage {
  readonly now: () => number;
  /** A step of a worker: others may come before it, and a worker that has died goes no further. */
  step(): Promise<void>;
  /** Work that takes so many milliseconds. */
  pass(ms: number): Promise<void>;
  /** Sends one more message to the queue, which shows after so many seconds. */
  send(event: AnyEvent, seconds: number): void;
}

export interface Rehearsal {
  readonly random: Random;
  readonly workers: number;
  /** How likely a worker dies at a step, or the call that it is part of fails. */
  readonly crash: number;
  /** Whether time passes while workers are on their way: a lease can end under its owner. */
  readonly stalls: boolean;
  /** How long a message is hidden from others while a worker is on it: 180,000. */
  readonly visibilityMs?: number;
  /** Lets an event take effect, in steps. @throws when it is to come again */
  readonly handle: (event: AnyEvent, stage: Stage) => Promise<Verdict>;
}

export interface Tally {
  /** How often a message was handed out. */
  readonly receives: number;
  /** How many the queue or a worker moved there. */
  readonly deadLetters: number;
  /** In milliseconds, by the clock of the rehearsal. */
  readonly took: number;
}

const LEASE_MS = 60_000;
/** How often a turn looks whether a server has answered before it sleeps. */
const MAX_LOOKS = 50;

/** A call has failed. Failures are many, and a stack that a log asks for is dear. */
const down = (): Error => Object.assign(new Error('down'), { stack: 'Error: down' });

/**
 * Hands out events in any order, some twice, to workers that interleave, fail and die, until none is
 * left. Dead letters are sent back once all else is done.
 */
export async function rehearse(
  history: readonly AnyEvent[],
  { random, workers, crash, stalls, visibilityMs = 180_000, handle }: Rehearsal,
): Promise<Tally> {
  // Random numbers of the kit are the same for the same seed.
  Math.random = () => random.next();
  // Failures are part of the play.
  console.error = () => {};
  const clock = new SimulatedClock();
  const { now } = clock;
  const queue = new SimulatedQueue(now, visibilityMs);
  for (const event of history) {
    queue.send(event);
    if (random.chance(0.2)) queue.send(event);
  }
  let active = 0;
  const steps: (() => void)[] = [];

  const start = (receipt: Receipt): void => {
    active++;
    let isDead = false;
    const end = (): void => {
      if (!isDead) active--;
      isDead = true;
    };
    const step = (): Promise<void> =>
      new Promise((resolve, reject) => {
        if (isDead) return;
        steps.push(() => {
          if (!random.chance(crash)) resolve();
          else if (random.chance(0.5)) reject(down());
          // The awaited event never arrives.
          else end();
        });
      });
    const pass = async (ms: number): Promise<void> => {
      await clock.sleep(ms);
      await step();
    };
    const send = (event: AnyEvent, seconds: number): void => queue.send(event, 0, seconds * 1_000);
    const stage = { now, step, pass, send };
    handleMessage(() => handle(receipt.event, stage), receipt, inSteps(step))
      .then(async (isDone) => {
        await step();
        if (isDone) receipt.remove();
      })
      .then(end, end);
  };

  /** @returns false when no message shows, or everybody is busy */
  const receive = (): boolean => {
    const visible = active < workers ? queue.visible : [];
    if (visible.length === 0) return false;
    const receipt = queue.receive(random.pick(visible));
    if (receipt) start(receipt);
    return true;
  };

  /** Somebody waits for a server. One in this process answers soon. It is one turn, since turns make time pass. */
  const serverAnswers = async (): Promise<void> => {
    for (let left = MAX_LOOKS; left > 0 && steps.length === 0; left--) await setImmediate();
    if (steps.length === 0) await setTimeout(1);
  };

  const turn = async (): Promise<void> => {
    if ((steps.length === 0 || random.chance(0.5)) && receive()) return;
    if (steps.length > 0) steps.splice(random.below(steps.length), 1)[0]?.();
    else if (active > clock.asleep) await serverAnswers();
    else clock.advance(active < workers ? queue.nextAt : Number.POSITIVE_INFINITY);
  };

  while (!queue.isEmpty || active > 0 || queue.redrive()) {
    if (stalls && random.chance(0.02)) clock.pass(LEASE_MS + 1);
    await turn();
    await setImmediate();
  }
  return { ...queue.tally, took: now() };
}

/** Every call of the queue is a step: before it, and before its answer is read. */
const inSteps = (step: () => Promise<void>): Queue<Receipt> => ({
  async bury(receipt) {
    await step();
    receipt.bury();
    await step();
  },
  async wait(receipt, seconds) {
    await step();
    receipt.copy(seconds * 1_000);
    await step();
    receipt.remove();
  },
  async delay(receipt, seconds) {
    await step();
    receipt.hide(seconds * 1_000);
  },
});
