import type { LabelPorts } from '../../lib/label-store/ports';
import type { ReconcilePorts } from '../../lib/reconcile/ports';
import { Random } from '../fuzz/random';
import type { FakeServer } from '../support/fake-label-studio/start';
import { FakeStudio, resultOf, type Webhook } from '../support/fake-label-studio/studio';
import { inMemory } from '../support/label-stores';
import { createWorld } from './world';

/** The state that a fake server serves, which is another one in each history. */
export interface Stage {
  readonly server: FakeServer;
  studio: FakeStudio;
}

/** Errors of a server and broken connections are tried again after a second, so they are rare here. */
const FAULTS = [
  ...Array<number>(9).fill(429),
  ...Array<number>(9).fill(404),
  500,
  'cut-off',
] as const;

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
export async function play(seed: number, stage: Stage, ports: LabelPorts = inMemory().ports) {
  const random = new Random(seed, 0);
  const clock = { now: Date.UTC(2026, 0, 1) };
  const skew = random.pick([0, 0, -3_600_000, 3_600_000]);
  const studio = new FakeStudio(() => clock.now + skew);
  stage.studio = studio;
  const world = createWorld(studio, stage.server, clock, ports);
  const loss = random.pick([0, 0.2, 0.5, 1]);
  let underway: Webhook[] = [];

  const send = (webhook: Webhook | undefined): void => {
    if (!webhook || random.chance(loss)) return;
    underway.push(structuredClone(webhook));
    if (random.chance(0.2)) underway.push(structuredClone(webhook));
  };
  const change = (): void => {
    clock.now += random.below(5_000);
    const does = doing(random, studio);
    const webhook = does();
    world.log.push(webhook ? subjectsOf(webhook) : 'a change without a webhook');
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
    stage.server.before = () => {
      if (random.chance(0.1)) change();
      return random.chance(0.03) ? random.pick(FAULTS) : undefined;
    };
    const through = random.chance(0.6) ? dying(world.portsOf(), random, 120) : world.portsOf();
    const options = { extent, ...(random.chance(0.3) && { maxDeleted: 0.1 }) };
    const outcome = await world.run(options, through).catch((error: unknown) => {
      if (!(error instanceof Error)) throw error;
      return error.message;
    });
    world.log.push(`run ${JSON.stringify([options, outcome])}`);
    stage.server.before = () => undefined;
  };

  for (let steps = random.below(60); steps > 0; steps--) {
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
  const named = notices.map((text) => /--project (\d+)/.exec(text)?.[1] ?? '');
  if (named.length > 0) await world.run({ projects: named, isNamed: true });
  await drain();
  const shown = await world.shown();
  const again = await world.run();
  world.log.push(`last ${JSON.stringify(last)}`, `again ${JSON.stringify(again)}`);
  return { ...shown, found: last.recovered, again: again.recovered, log: world.log };
}

const subjectsOf = (webhook: Webhook): string =>
  JSON.stringify({ ...webhook, task: undefined, project: undefined });

/** A change that somebody makes. @returns the webhook that tells of it, if there is one */
function doing(random: Random, studio: FakeStudio): () => Webhook | undefined {
  const project = random.pick([...studio.projects.values()]);
  const task = random.pick([...studio.tasks.values()]);
  const annotation = random.pick([...studio.annotations.values()]);
  const choice = random.pick(['a', 'b']);
  const silent = (change: () => unknown) => () => void change();
  const dice = random.below(100);
  if (!project || dice < 3) return silent(() => studio.createProject());
  if (!task || dice < 15) {
    return () => studio.importTasks(project.id, ['one', 'two'].slice(random.below(2)));
  }
  if (!annotation || dice < 45) return () => studio.annotate(task, choice, random.chance(0.2));
  const ways: [below: number, change: () => Webhook | undefined][] = [
    [65, () => studio.edit(annotation, choice, random.chance(0.3))],
    [80, () => studio.deleteAnnotation(annotation)],
    [86, () => studio.deleteTask(task)],
    [88, silent(() => studio.projects.size > 1 && studio.deleteProject(project.id))],
    // A change behind the back of the API moves no time.
    [93, silent(() => Object.assign(annotation, { result: resultOf(choice) }))],
    // An annotation becomes a draft.
    [100, silent(() => studio.deleteAnnotation(annotation))],
  ];
  return ways.find(([below]) => dice < below)?.[1] ?? (() => undefined);
}
