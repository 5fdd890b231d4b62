import type { AnyEvent } from '../../lib/consume/event';
import { askBody } from '../../lib/milestones/ask';
import type { DerivedEvent } from '../../lib/milestones/derived-event';
import type { ItemKey, Items } from '../../lib/milestones/items';
import { milestonesWorker } from '../../lib/milestones/milestones-worker';
import type { Rule } from '../../lib/milestones/rule';
import type { Random } from '../fuzz/random';
import { rehearse, type Stage } from './rehearse';

/** A value that was written, in the order of writing. */
export interface Write {
  readonly key: string;
  readonly item: string;
  readonly value: unknown;
}

/** The effects of workers on a history. */
export interface Played {
  readonly published: readonly DerivedEvent[];
  readonly writes: readonly Write[];
}

export interface Play {
  readonly random: Random;
  /** The rules of the next worker. */
  rulesOf(): readonly Rule[];
  readonly completion: boolean;
  readonly crash: number;
  /** Whether events are handled one after the other, in order. */
  readonly inOrder?: boolean;
  /** The most characters of an item of a source. At 0, every project is moved out that does not change. */
  readonly maxLength?: number;
  /** Whether every item of a call is read at a time of its own, as DynamoDB may. */
  readonly isTorn?: boolean;
}

/** Plays events, and the worker's own questions, with up to eight workers that die between any two calls. */
export async function playMilestones(
  events: readonly AnyEvent[],
  items: Items,
  { random, rulesOf, completion, crash, inOrder = false, maxLength, isTorn = false }: Play,
): Promise<Played> {
  const published: DerivedEvent[] = [];
  const writes: Write[] = [];
  async function readTorn(keys: readonly ItemKey[], { step }: Stage) {
    const found: Awaited<ReturnType<Items['read']>>[number][] = [];
    for (const index of random.shuffle([...keys.keys()])) {
      await step();
      [found[index]] = await items.read(keys.slice(index, index + 1));
    }
    await step();
    return found;
  }
  const workerOn = (stage: Stage) => {
    const stepping = steps(stage);
    return milestonesWorker(
      {
        items: {
          read: (keys) => (isTorn ? readTorn(keys, stage) : stepping(() => items.read(keys))),
          put: (key, value, revision) =>
            stepping(async () => {
              const isWritten = await items.put(key, value, revision);
              if (isWritten) writes.push({ ...key, value: structuredClone(value) });
              return isWritten;
            }),
          under: items.under,
        },
        publish: (found) => stepping(async () => void published.push(...found)),
        ask: (ask, seconds) =>
          // A message that is no event: its id is its body.
          stepping(async () => stage.send({ id: askBody(ask) } as AnyEvent, seconds)),
      },
      { rules: rulesOf(), completion, schemaBase: 'urn:x', maxLength, now: stage.now },
    );
  };
  const play = (some: readonly AnyEvent[]) =>
    rehearse(some, {
      random,
      workers: inOrder ? 1 : 1 + random.below(8),
      crash,
      stalls: !inOrder && random.chance(0.3),
      handle: (event, stage) => workerOn(stage)(isAsk(event) ? event.id : JSON.stringify(event)),
    });
  if (inOrder) for (const event of events) await play([event]);
  else await play(events);
  return { published, writes };
}

const isAsk = (event: Partial<AnyEvent>): boolean => event.type === undefined;

/** Every call is a step: before it, and before its answer is read. */
const steps =
  ({ step }: Stage) =>
  async <R>(call: () => Promise<R>): Promise<R> => {
    await step();
    const answer = await call();
    await step();
    return answer;
  };
