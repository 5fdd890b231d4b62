import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually';
import { SECRET, type StartedServer, startServer, stopServers } from '../support/faces';
import { drain, type Received } from '../support/read-queues';
import { type LabelStudio, startLabelStudio, TEXT_CONFIG } from './label-studio-server';

const QUEUES = ['task-completed', 'project-completed', 'milestone-reached'];
const RULES = [
  { name: 'calm', on: ['label.created'], by: 'project', quiet: '3s' },
  { name: 'pair', on: ['task.completed'], by: 'source', count: 2 },
];

let studio: LabelStudio;
let server: StartedServer;
let project: number;
/** The tokens of two annotators. */
let tokens: readonly string[];

beforeAll(async () => {
  [studio, server] = await Promise.all([
    startLabelStudio(),
    startServer({
      LABELRELAY_MILESTONES: JSON.stringify(RULES),
      LABELRELAY_COMPLETION: undefined,
    }),
  ]);
  ({ id: project } = await studio.call('POST', '/api/projects/', {
    title: 'Two annotators',
    label_config: TEXT_CONFIG,
    maximum_annotations: 2,
  }));
  await studio.call('POST', '/api/webhooks/', {
    project,
    url: `${server.url}/webhooks/label-studio`,
    send_payload: true,
    send_for_all_actions: true,
    headers: { Authorization: `Bearer ${SECRET}` },
  });
  tokens = [studio.token, await studio.addUser('bob@example.com')];
}, 900_000);

afterAll(async () => {
  await studio?.stop();
  await stopServers();
});

const found: Received['event'][] = [];

/** The events of a topic that were derived so far, once there are so many. */
async function derived(
  topic: string,
  count: number,
  isMeant = (_: { readonly rule?: string }): boolean => true,
): Promise<Received['event'][]> {
  const ofTopic = () =>
    found.filter(({ type, data }) => type === `labelrelay.${topic}` && isMeant(data));
  return eventually(
    async () => {
      found.push(...(await drain(server.aws, QUEUES)).map(({ event }) => event));
      return ofTopic();
    },
    ({ length }) => length >= count,
  );
}

const annotate = async (task: string, annotator: number): Promise<number> => {
  const choice = { from_name: 'label', to_name: 'text', type: 'choices' };
  const path = `/api/tasks/${task}/annotations/`;
  const result = [{ ...choice, value: { choices: ['pos'] } }];
  return (await studio.call('POST', path, { result }, tokens[annotator])).id;
};

/** The times at which a task was done by its events. */
const times = (events: readonly Received['event'][], task: string): string[] =>
  events.filter(({ data }) => data.task.id === task).map(({ data }) => data.completedAt);

test('a task of two annotators is done, reopened by a deletion, and done again', async () => {
  await studio.call('POST', `/api/projects/${project}/import`, [{ text: 'one' }, { text: 'zwei' }]);
  const created = await eventually(
    () => drain(server.aws, ['task-created']),
    ({ length }) => length > 0,
  );
  const [first = '', second = ''] = created.map(({ event }) => event.data.task.id).sort();

  await annotate(first, 0);
  // A second annotation of the same annotator does not complete a task that needs two of them.
  const again = await annotate(second, 0);
  const more = await annotate(second, 0);
  await derived('milestone.reached', 1);
  expect(found.map(({ type }) => type)).toEqual(['labelrelay.milestone.reached']);
  expect(found[0].data).toMatchObject({
    rule: 'calm',
    reason: 'quiet',
    subjects: 3,
    project: { id: String(project) },
  });

  const last = await annotate(first, 1);
  expect(times(await derived('task.completed', 1), first)).toHaveLength(1);

  await studio.call('DELETE', `/api/annotations/${last}/`);
  await annotate(first, 1);
  const both = times(await derived('task.completed', 2), first);
  expect(both).toHaveLength(2);
  expect(both[0]?.localeCompare(both[1] ?? '')).toBe(-1);

  // One of two annotations of one annotator goes, and the project is done with the other annotator's.
  await studio.call('DELETE', `/api/annotations/${more}/`);
  await annotate(second, 1);
  const [done] = await derived('project.completed', 1);
  expect(done).toMatchObject({
    subject: `project/${project}/completion`,
    data: { tasks: 2, project: { id: String(project), name: 'Two annotators' } },
  });
  expect(times(await derived('task.completed', 3), second)).toHaveLength(1);

  await studio.call('DELETE', `/api/annotations/${again}/`);
  await annotate(second, 0);
  expect(times(await derived('task.completed', 4), second)).toHaveLength(2);
  // Two different tasks are two subjects: the first one counted once, although it was done twice.
  const pairs = await derived('milestone.reached', 1, ({ rule }) => rule === 'pair');
  expect(pairs.map(({ data }) => data)).toMatchObject([{ reason: 'count', subjects: 2, epoch: 1 }]);
  const ids = new Set(found.map(({ id }) => id));
  expect(ids.size).toBe(found.length);
});
