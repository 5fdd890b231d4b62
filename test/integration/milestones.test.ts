import { setTimeout } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { startServer, stopServers } from '../support/faces';
import { drain } from '../support/read-queues';
import { send } from '../support/send';

afterEach(() => stopServers());

const RULES = [
  { name: 'many', on: ['label.created'], by: 'project', count: 3 },
  { name: 'calm', on: ['label.created', 'label.updated'], by: 'source', quiet: '3s' },
];
const at = (second: number) => `2026-01-01T00:00:${String(second).padStart(2, '0')}.000000Z`;

/** Annotation `id` in task `task`, as Label Studio sends it. */
const annotation = (id: number, task: number, { labeled = false, finished = 0 } = {}) =>
  JSON.stringify({
    action: 'ANNOTATION_CREATED',
    annotation: { id, task, completed_by: id, created_at: at(id), updated_at: at(id), result: [] },
    task: {
      id: task,
      overlap: 2,
      is_labeled: labeled,
      created_at: at(0),
      updated_at: at(id),
      data: {},
    },
    project: { id: 1, title: 'cats', task_number: 2, finished_task_number: finished },
  });

test('npm start counts labels, fires after quiet, and publishes completions', async () => {
  const server = await startServer({
    LABELRELAY_MILESTONES: JSON.stringify(RULES),
    LABELRELAY_NATIVE: 'false',
    LABELRELAY_COMPLETION: undefined,
  });
  const deliver = async (body: string) => {
    const headers = { authorization: 'Bearer example_secret', 'content-type': 'application/json' };
    const sent = await send(server.url, { path: '/webhooks/label-studio', headers, body });
    expect(sent.status).toBe(202);
  };
  // Task 1 is done with its second annotation, task 2 and so the project with the fourth.
  const bodies = [
    annotation(1, 1),
    annotation(2, 1, { labeled: true, finished: 1 }),
    annotation(3, 2, { finished: 1 }),
    annotation(4, 2, { labeled: true, finished: 2 }),
  ];
  const started = Date.now();
  for (const body of bodies) await deliver(body);
  await deliver(bodies[0] as string);

  /** The events of a queue, once there are so many. */
  const receive = async (queue: string, count: number) => {
    const found = await drain(server.aws, [queue]);
    while (found.length < count) {
      await setTimeout(100);
      found.push(...(await drain(server.aws, [queue])));
    }
    return found.map(({ event }) => event);
  };
  const reached = await receive('milestone-reached', 2);
  const byRule = new Map(reached.map((event) => [event.data.rule, event]));
  expect(byRule.get('many')).toMatchObject({
    type: 'labelrelay.milestone.reached',
    source: '/label-studio',
    subject: 'milestone/many/project/1',
    data: { reason: 'count', source: 'label-studio', project: { id: '1' }, subjects: 3, epoch: 1 },
  });
  expect(byRule.get('calm')).toMatchObject({
    subject: 'milestone/calm',
    data: { reason: 'quiet', source: 'label-studio', subjects: 4, epoch: 1 },
  });
  expect(Date.now() - started).toBeGreaterThan(3_000);
  const tasks = await receive('task-completed', 2);
  expect(tasks.map(({ subject, data }) => [subject, data.completedAt]).sort()).toEqual([
    ['task/1/completion', at(2)],
    ['task/2/completion', at(4)],
  ]);
  const [project] = await receive('project-completed', 1);
  expect(project).toMatchObject({
    subject: 'project/1/completion',
    sequence: `${at(4)}-1`,
    data: {
      platform: 'label-studio',
      project: { id: '1', name: 'cats' },
      tasks: 2,
      completedAt: at(4),
    },
  });
});
