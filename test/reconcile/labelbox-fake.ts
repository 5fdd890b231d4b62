import { labelbox } from '../../lib/platforms/labelbox/labelbox';
import { labelboxListing } from '../../lib/platforms/labelbox/listing/listing';
import type { Random } from '../fuzz/random';
import { FakeLabelbox, type LabelboxWebhook } from '../support/fake-labelbox';
import { API_KEY, type Fault, startLabelbox } from '../support/labelbox-server';
import type { NewFake } from './history';

/** Faults that are tried again are rare here, since that takes a second. */
const FAULTS: readonly Fault[] = [
  ...Array<Fault>(9).fill('not-found'),
  ...Array<Fault>(9).fill('echo'),
  'error',
];

/** Labelbox, for histories. One server serves the state of the history that is played. */
export async function labelboxFakes(): Promise<{ newFake: NewFake; stop: () => void }> {
  const server = await startLabelbox();
  Object.assign(server.exports.settings, { fileBytes: 3_000 });
  const newFake: NewFake = (now, random) => {
    const box = new FakeLabelbox(now, random.chance(0.5));
    const serve = (): void => {
      server.projects.clear();
      for (const id of box.projects.keys()) server.projects.add(id);
    };
    serve();
    server.exports.rowsOf = (project) => box.exported(project);
    server.exports.settings.polls = random.below(2);
    return {
      platform: labelbox,
      listing: () =>
        labelboxListing(
          { apiKey: API_KEY, endpoint: server.url, timeoutMs: 5_000 },
          { pollMs: 1, retryMs: 1 },
        ),
      change(random) {
        const webhook = doing(random, box)();
        serve();
        return webhook && { body: webhook.body, headers: { 'x-labelbox-event': webhook.event } };
      },
      labels: () =>
        [...box.labels.values()].map(({ id, row, createdAt, updatedAt, choice, skipped }) => ({
          id,
          project: box.rows.get(row)?.project,
          content: withoutQuery(box.rows.get(row)?.content),
          times: [createdAt, updatedAt].map((time) => new Date(time).toISOString()),
          skipped,
          groundTruth: undefined,
          choices: [choice],
        })),
      contentOf: withoutQuery,
      intercept(isFaulty, random) {
        server.before = () => (isFaulty?.() ? random.pick(FAULTS) : undefined);
      },
    };
  };
  return { newFake, stop: () => server.stop() };
}

const withoutQuery = (content: unknown): unknown => String(content).replace(/\?.*/, '');

/** A change that somebody makes. @returns what makes it, with its webhook if it has one */
function doing(random: Random, box: FakeLabelbox): () => LabelboxWebhook | undefined {
  const project = random.pick([...box.projects.values()]);
  const row = random.pick([...box.rows.values()]);
  const label = random.pick([...box.labels.values()]);
  const choice = random.pick(['a', 'b']);
  const silent = (change: () => unknown) => () => void change();
  const dice = random.below(100);
  if (!project || dice < 4) return silent(() => box.createProject(random.pick([1, 2])));
  if (!row || dice < 14) return silent(() => box.addRow(project.id));
  if (!label || dice < 45) return () => box.createLabel(row, choice, random.chance(0.2));
  const ways: [below: number, change: () => LabelboxWebhook | undefined][] = [
    [70, () => box.edit(label, choice)],
    [84, () => box.deleteLabel(label)],
    [89, silent(() => box.deleteRow(row))],
    [91, silent(() => box.projects.size > 1 && box.deleteProject(project.id))],
    // A change behind the back of the API moves no time.
    [100, silent(() => Object.assign(label, { choice }))],
  ];
  return ways.find(([below]) => dice < below)?.[1] ?? (() => undefined);
}
