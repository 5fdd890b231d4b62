import { labelStudio } from '../../lib/platforms/label-studio/label-studio';
import { tools } from '../../lib/platforms/label-studio/webhooks/tools';
import type { Random } from '../fuzz/random';
import {
  FAKE_TOKEN,
  type FakeServer,
  startFakeLabelStudio,
} from '../support/fake-label-studio/start';
import {
  FakeStudio,
  resultOf,
  type Webhook as StudioWebhook,
} from '../support/fake-label-studio/studio';
import type { NewFake } from './history';
import type { Fake } from './world';

/** Errors of a server and broken connections are tried again after a second, so they are rare here. */
const FAULTS = [
  ...Array<number>(9).fill(429),
  ...Array<number>(9).fill(404),
  500,
  'cut-off',
] as const;

/** Label Studio, for histories. One server serves the state of the history that is played. */
export async function labelStudioFakes(): Promise<{ newFake: NewFake; stop: () => void }> {
  let studio = new FakeStudio(Date.now);
  const current = new Proxy({} as FakeStudio, {
    get(_, name) {
      const member = Reflect.get(studio, name, studio);
      // A private member is not there for a method of the proxy.
      return typeof member === 'function' ? member.bind(studio) : member;
    },
  });
  const server = await startFakeLabelStudio(current);
  const newFake: NewFake = (now) => {
    studio = new FakeStudio(now);
    return labelStudioFake(studio, server);
  };
  return { newFake, stop: () => server.stop() };
}

/** @param server serves the studio */
export const labelStudioFake = (studio: FakeStudio, server: FakeServer): Fake => ({
  platform: labelStudio,
  listing() {
    const url = { variable: 'LABEL_STUDIO_URL', value: server.url };
    const settings = { url, apiKey: FAKE_TOKEN, timeoutMs: 5_000 };
    const found = tools.listing?.(settings, { requestsPerSecond: 100_000 });
    if (!found) throw new Error('expected Label Studio to be listed');
    return found;
  },
  change(random) {
    const body = doing(random, studio)();
    return body && { body };
  },
  labels: () =>
    [...studio.annotations.values()].map((each) => ({
      id: String(each.id),
      project: String(each.project),
      content: studio.tasks.get(each.task)?.data,
      times: [each.created_at, each.updated_at],
      skipped: each.was_cancelled,
      groundTruth: each.ground_truth,
      choices: choicesOf(each.result),
    })),
  contentOf: (content) => content,
  intercept(isFaulty, random) {
    server.before = () => (isFaulty?.() ? random.pick(FAULTS) : undefined);
  },
});

const choicesOf = (result: object[]): string[] =>
  (result as { value: { choices: string[] } }[]).flatMap(({ value }) => value.choices);

/** A change that somebody makes. @returns what makes it, with the body of its webhook if it has one */
function doing(random: Random, studio: FakeStudio): () => StudioWebhook | undefined {
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
  const ways: [below: number, change: () => StudioWebhook | undefined][] = [
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
