import type { LabelPorts } from '../../lib/label-store/ports';
import type { ReconcilePorts } from '../../lib/reconcile/ports';
import { Random } from '../fuzz/random';
import { inMemory } from '../support/label-stores';
import { createWorld, type Fake, type Webhook } from './world';

/** Makes a platform without anything, by a clock of its own. */
export type NewFake = (now: () => number, random: Random) => Fake;

class Died extends Error {}

/** Ends a run at one of its calls, before the call or after it took effect. */
function dying(ports: ReconcilePorts, random: Random, calls: number): ReconcilePorts {
  let left = random.below(calls);
  const wrap = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(object, name) {
        const value = Reflect.get(object, name);
        if (value && typeof value === 'object') return wrap(value);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          const isNow = left-- === 0;
          if (isNow && random.chance(0.5)) throw new Died();
          const result = Reflect.apply(value, object, args);
          if (!isNow || !(result instanceof Promise)) return result;
          return result.then(() => {
            throw new Died();
          });
        };
      },
    });
  return wrap(ports);
}

/**
 * Plays one random history: people annotate while webhooks are lost, late, doubled and out of order, and runs begin, meet
 * faults and die. Then every webhook arrives, and one run ends.
 *
 * @returns what the store and the platform have in the end, and how many events a second run finds
 */
export async function play(seed: number, newFake: NewFake, ports: LabelPorts = inMemory().ports) {
  const random = new Random(seed, 0);
  const clock = { now: Date.UTC(2026, 0, 1) };
  const skew = random.pick([0, 0, -3_600_000, 3_600_000]);
  const fake = newFake(() => clock.now + skew, random);
  const world = createWorld(fake, clock, ports);
  const loss = random.pick([0, 0.2, 0.5, 1]);
  let underway: Webhook[] = [];

  const send = (webhook: Webhook | undefined): void => {
    if (!webhook || random.chance(loss)) return;
    underway.push(structuredClone(webhook));
    if (random.chance(0.2)) underway.push(structuredClone(webhook));
  };
  const change = (): void => {
    clock.now += random.below(5_000);
    const webhook = fake.change(random);
    world.log.push(webhook ? JSON.stringify(webhook).slice(0, 300) : 'a change without a webhook');
    send(webhook);
  };
  const arrive = (count: number): void => {
    underway = random.shuffle(underway);
    for (const webhook of underway.splice(0, count)) {
      clock.now += random.below(1_000);
      world.receive(webhook);
    }
  };
  const drain = () => world.drain((bodies) => random.shuffle([...bodies, ...bodies.slice(0, 2)]));
  const run = async (): Promise<void> => {
    const extent = random.pick([
      'full',
      'last',
      { since: new Date(clock.now - 3_600_000) },
    ] as const);
    fake.intercept(() => {
      if (random.chance(0.1)) change();
      return random.chance(0.03);
    }, random);
    const through = random.chance(0.6) ? dying(world.portsOf(), random, 120) : world.portsOf();
    const options = { extent, ...(random.chance(0.3) && { maxDeleted: 0.1 }) };
    const outcome = await world.run(options, through).catch((error: unknown) => {
      if (!(error instanceof Error)) throw error;
      return error.message;
    });
    world.log.push(`run ${JSON.stringify([options, outcome])}`);
    fake.intercept(undefined, random);
  };

  for (let steps = random.below(50); steps > 0; steps--) {
    const dice = random.below(100);
    if (dice < 65) change();
    else if (dice < 80) arrive(1 + random.below(3));
    else if (dice < 92) await drain();
    else if (dice < 98) await run();
    else await Promise.all([run(), run()]);
  }
  arrive(underway.length);
  await drain();
  clock.now += 60_000;
  const notices: string[] = [];
  const last = await world.run({ onNotice: (text) => notices.push(text) });
  await drain();
  // A run that sees no other project of the store deletes none, unless it is named.
  const named = notices.map((text) => /--project (\S+)/.exec(text)?.[1] ?? '');
  if (named.length > 0) await world.run({ projects: named, isNamed: true });
  await drain();
  const shown = await world.shown();
  const again = await world.run();
  world.log.push(`last ${JSON.stringify(last)}`, `again ${JSON.stringify(again)}`);
  return { ...shown, found: last.recovered, again: again.recovered, log: world.log };
}
