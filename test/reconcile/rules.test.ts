import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readProject } from '../../lib/reconcile/notes';
import { reconcileOnSchedule } from '../../lib/reconcile/reconcile-on-schedule';
import { createTelemetry } from '../../lib/telemetry';
import { type FakeServer, startFakeLabelStudio } from '../support/fake-label-studio/start';
import {
  FakeStudio,
  type FakeTask,
  resultOf,
  type Webhook as StudioWebhook,
} from '../support/fake-label-studio/studio';
import { labelStudioFake } from './label-studio-fake';
import { createWorld } from './world';

const HOUR = 3_600_000;

let clock: { now: number };
let studio: FakeStudio;
let server: FakeServer;
let world: ReturnType<typeof createWorld>;

/** @param aheadMs of the platform's clock */
async function begin(
  options: Parameters<typeof startFakeLabelStudio>[1] = {},
  aheadMs = 0,
): Promise<void> {
  server?.stop();
  clock = { now: Date.UTC(2026, 0, 1) };
  studio = new FakeStudio(() => clock.now + aheadMs);
  server = await startFakeLabelStudio(studio, options);
  world = createWorld(labelStudioFake(studio, server), clock);
}
beforeEach(() => begin());
afterEach(() => server.stop());

/** A project with so many tasks, each with a label. */
function makeProject(tasks: number): number {
  const { id } = studio.createProject();
  studio.importTasks(
    id,
    Array.from({ length: tasks }, (_, n) => `text ${n}`),
  );
  for (const task of studio.tasks.values()) if (task.project === id) studio.annotate(task, 'a');
  return id;
}

const deletions = (): number =>
  world.sent.filter(({ body }) => /labelrelay\.\w+\.deleted/.test(body)).length;

async function expectEqual(): Promise<void> {
  const { stored, there } = await world.shown();
  expect(stored).toEqual(there);
}

test('an empty store is filled with a request for 100 tasks, and a few more', async () => {
  makeProject(950);
  const report = await world.run();
  // A project, its tasks, and their labels.
  expect(report).toMatchObject({ recovered: 1 + 950 + 950, unreadable: 0, isFinished: true });
  expect(report.projects).toEqual([
    { id: '1', listed: 950, recovered: { created: 1_901, updated: 0, deleted: 0 } },
  ]);
  expect(server.requests.filter((path) => path === '/api/tasks/')).toHaveLength(10);
  expect(server.requests.length).toBeLessThan(10 + 4);
  await world.drain();
  await expectEqual();
});

test('a dry run publishes and remembers nothing', async () => {
  makeProject(3);
  expect(await world.run({ isDry: true })).toMatchObject({ recovered: 7 });
  expect(world.sent).toEqual([]);
  expect(await world.run({ extent: 'last', isDry: true })).toMatchObject({ recovered: 7 });
});

test('two runs over one state give the same events, with the sequence of the webhooks', async () => {
  const { id } = studio.createProject();
  studio.importTasks(id, ['one']);
  const [task] = studio.tasks.values();
  const webhook = task && studio.annotate(task, 'a');
  clock.now += HOUR;
  await Promise.all([world.run(), world.run()]);
  const events = world.sent.map(({ body }) => JSON.parse(body));
  expect(new Set(events.map((event) => event.id)).size).toBe(3);
  expect(events).toHaveLength(6);
  const label = events.find(({ subject }) => subject === 'label/1');
  expect(label).toMatchObject({
    id: expect.stringMatching(/^recovered-[0-9a-f]{32}$/),
    type: 'labelrelay.label.created',
    recovered: true,
    recordedtime: '2026-01-01T01:00:00.000Z',
    data: { event: 'ANNOTATION_CREATED', labels: [{ id: '1' }] },
  });
  expect(JSON.stringify(events)).not.toMatch(/SECRET|someone@example\.com/);
  if (webhook) world.receive({ body: webhook });
  const late = JSON.parse(world.sent.at(-1)?.body ?? '');
  expect(late.sequence).toBe(label.sequence);
  expect(late.id < label.id).toBe(true);
  // The store takes one of the three.
  await world.drain();
  expect(world.log.filter((line) => /done: .* label\/1 /.test(line))).toHaveLength(1);
});

test('a key that sees nothing of what webhooks told of does not decide on the organization', async () => {
  const { id } = studio.createProject();
  world.receive({ body: studio.importTasks(id, ['one']) });
  await world.drain();
  studio.organization = 2;
  await world.run();
  await world.drain();
  expect(deletions()).toBe(0);
  studio.organization = 1;
  await world.run();
  studio.organization = 2;
  await expect(world.run()).rejects.toMatchObject({ code: 'refused' });
});

describe('deletions', () => {
  beforeEach(async () => {
    makeProject(3);
    makeProject(3);
    await world.run();
    await world.drain();
  });

  test('a key of another organization is refused, and nothing is deleted', async () => {
    studio.organization = 2;
    await expect(world.run()).rejects.toMatchObject({ code: 'refused' });
    await expect(world.run({ projects: ['1'], isNamed: true })).rejects.toMatchObject({
      code: 'refused',
    });
    expect(world.sent).toEqual([]);
  });

  test('a server that answers 404 to everything deletes nothing', async () => {
    server.before = () => 404;
    await expect(world.run()).rejects.toThrow();
    await expect(world.run({ projects: ['1'], isNamed: true })).rejects.toThrow();
    // Nor does one that knows who asks.
    server.before = (path) => (path.includes('whoami') ? undefined : 404);
    await expect(world.run()).rejects.toThrow();
    expect(world.sent).toEqual([]);
  });

  test.each(['task', 'project'])('nor if it begins to when a %s is asked for', async (kind) => {
    if (kind === 'project') studio.deleteProject(2);
    else studio.deleteTask([...studio.tasks.values()][0] as FakeTask);
    let isDown = false;
    server.before = (path) => {
      isDown ||= new RegExp(`^/api/${kind}s/\\d`).test(path);
      return isDown ? 404 : undefined;
    };
    await expect(world.run()).rejects.toThrow();
    expect(deletions()).toBe(0);
  });

  test("a proxy's 404 is not Label Studio's", async () => {
    studio.deleteTask([...studio.tasks.values()][0] as FakeTask);
    server.before = (path) => (/^\/api\/tasks\/\d/.test(path) ? 'page' : undefined);
    await expect(world.run()).rejects.toMatchObject({ code: 'unavailable' });
    expect(deletions()).toBe(0);
  });

  test('a wrong key deletes nothing', async () => {
    server.before = () => 401;
    await expect(world.run()).rejects.toMatchObject({ code: 'denied' });
    expect(world.sent).toEqual([]);
  });

  test('a run that sees no other project of the store deletes none, unless it is named', async () => {
    studio.deleteProject(1);
    studio.deleteProject(2);
    const notices: string[] = [];
    await world.run({ onNotice: (text) => notices.push(text) });
    expect(deletions()).toBe(0);
    expect(notices.join()).toMatch(/--project 1.*--project 2/);
    await world.run({ projects: ['1'], isNamed: true });
    await world.run({ projects: ['2'], isNamed: true, extent: 'last' });
    expect(deletions()).toBe(2);
    await world.drain();
    await expectEqual();
    await expect(world.run({ projects: ['9'], isNamed: true })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('a task that does not list all its annotations loses none', async () => {
    const [annotation] = studio.annotations.values();
    if (annotation) studio.annotations.delete(annotation.id);
    const honest = studio.taskBody.bind(studio);
    studio.taskBody = (task) => ({ ...honest(task), total_annotations: 1 });
    const report = await world.run({ projects: ['1'], isNamed: true });
    expect(report.unreadable).toBeGreaterThan(0);
    expect(deletions()).toBe(0);
  });

  test.each([429, 500, 'cut-off'] as const)(
    'a page that is answered %s is read again',
    async (fault) => {
      studio.deleteTask([...studio.tasks.values()][0] as never);
      let faults = 2;
      server.before = (path) => (path === '/api/tasks/' && faults-- > 0 ? fault : undefined);
      expect(await world.run()).toMatchObject({ recovered: 1 });
      await world.drain();
      await expectEqual();
    },
  );

  test('a list without the tasks that it counts is an error, and nothing is deleted', async () => {
    server.before = (path) => (path === '/api/tasks/' ? 'empty' : undefined);
    await expect(world.run()).rejects.toMatchObject({ code: 'unavailable' });
    await world.drain();
    expect(deletions()).toBe(0);
  });

  test('a label that was made after the list was read stays', async () => {
    const [task] = studio.tasks.values();
    let isFirst = true;
    server.before = (path) => {
      if (path !== '/api/tasks/' || !isFirst || !task) return undefined;
      isFirst = false;
      // Its webhook arrives before the store is compared.
      setImmediate(() => {
        world.receive({ body: studio.annotate(task, 'b') });
        world.drain();
      });
      return undefined;
    };
    await world.run({ projects: ['1'], isNamed: true });
    expect(deletions()).toBe(0);
    await world.drain();
    await expectEqual();
  });
});

test('a task whose id another project has now is not deleted, and only old labels are', async () => {
  // Then the life of a thing is when it was received, or found.
  await begin({}, HOUR);
  const [old, other] = [studio.createProject().id, studio.createProject().id];
  const only = () => [...studio.tasks.values()][0] as FakeTask;
  studio.importTasks(old, ['old']);
  world.receive({ body: studio.annotate(only(), 'a') });
  const late = studio.annotate(only(), 'a');
  await world.drain();
  studio.deleteTask(only());
  studio.importTasks(other, ['new']);
  studio.annotate(only(), 'b');
  expect([...studio.annotations.keys()]).toEqual([1]);
  await world.run();
  await world.drain();
  await expectEqual();

  clock.now += 60_000;
  world.receive({ body: late });
  await world.drain();
  await world.run();
  expect(deletions()).toBe(1);
  expect(world.sent.map(({ body }) => JSON.parse(body).subject)).toEqual(['label/2']);
  await world.drain();
  await expectEqual();
  expect(await world.run()).toMatchObject({ recovered: 0 });
});

test('an id that another project has now lives after the deletion of the old thing', async () => {
  await begin({}, HOUR);
  const [old, other] = [studio.createProject().id, studio.createProject().id];
  studio.importTasks(old, ['old']);
  studio.importTasks(other, ['new']);
  const [first, second] = [...studio.tasks.values()] as [FakeTask, FakeTask];
  const late = studio.annotate(first, 'a');
  for (const each of studio.annotations.values()) studio.deleteAnnotation(each);
  studio.annotate(second, 'b');
  // The store takes the old label for a newer one.
  clock.now += 60_000;
  world.receive({ body: late });
  await world.drain();
  clock.now -= 120_000;
  await world.run();
  await world.drain();
  await expectEqual();
  expect(await world.run()).toMatchObject({ recovered: 0 });
});

describe.each([
  ['knows ids', {}],
  ['limits pages to 7', { pageSizeMax: 7 }],
  ['ignores ids, and limits pages to 7', { pageSizeMax: 7, ignoresIds: true }],
])('a server that %s', (_, options) => {
  test('shows every task, although tasks are deleted and added between its pages', async () => {
    await begin(options);
    const project = makeProject(30);
    const staying = new Set([...studio.tasks.keys()].filter((id) => id % 3 !== 0));
    let pages = 0;
    server.before = (path) => {
      if (path !== '/api/tasks/') return undefined;
      const going = [...studio.tasks.values()].find(({ id }) => !staying.has(id));
      if (pages++ > 0 && going) studio.deleteTask(going);
      return undefined;
    };
    await world.run();
    await world.drain();
    const { stored } = await world.shown();
    const found = stored.map((each) => (each as { content: unknown }).content);
    for (const id of staying) expect(found).toContainEqual(studio.tasks.get(id)?.data);
    server.before = () => undefined;
    studio.importTasks(project, ['more']);
    await world.run();
    await world.drain();
    await expectEqual();
  });
});

test('changes within the lag are left to webhooks', async () => {
  makeProject(1);
  await world.run();
  await world.drain();
  clock.now += HOUR;
  const [annotation] = studio.annotations.values();
  if (annotation) studio.edit(annotation, 'b', false);
  clock.now += 60_000;
  expect(await world.run({ lagMs: 300_000 })).toMatchObject({ recovered: 0 });
  clock.now += 300_000;
  expect(await world.run({ lagMs: 300_000, extent: 'last' })).toMatchObject({ recovered: 1 });
});

test('a project that was made within the lag is left to its webhook', async () => {
  studio.createProject();
  clock.now += 60_000;
  expect(await world.run({ lagMs: 300_000 })).toMatchObject({ recovered: 0 });
  clock.now += 300_000;
  expect(await world.run({ lagMs: 300_000, extent: 'last' })).toMatchObject({ recovered: 1 });
});

test('other content at the same time is published just after the state of the store', async () => {
  makeProject(1);
  await world.run();
  await world.drain();
  const [annotation] = studio.annotations.values();
  if (annotation) annotation.result = resultOf('b');
  await world.run();
  const { sequence } = JSON.parse(world.sent[0]?.body ?? '');
  const before = /done: .* label\/1 (\S+)/.exec(world.log.join('\n'))?.[1] ?? '';
  // One microsecond later: 000001 more in the digits behind the point.
  const [life, version] = before.split('/') as [string, string];
  const digits = String(Number(version.slice(20, 26)) + 1).padStart(6, '0');
  expect(sequence).toBe(`${life}/${version.slice(0, 20)}${digits}Z-0`);
  await world.drain();
  await expectEqual();
});

test('a run that is stopped goes on where it stood, and misses nothing that changed meanwhile', async () => {
  await begin({ pageSizeMax: 7 });
  makeProject(245);
  const stop = new AbortController();
  server.before = () => {
    if (server.requests.length > 25) stop.abort();
    return undefined;
  };
  expect(await world.run({ signal: stop.signal })).toMatchObject({ isFinished: false });
  await world.drain();
  const [first, second] = studio.annotations.values();
  if (first) studio.edit(first, 'b', true);
  if (second) studio.deleteAnnotation(second);
  server.before = () => undefined;
  const before = server.requests.length;
  expect(await world.run()).toMatchObject({ isFinished: true });
  // 35 pages are the list. Here come the rest of it, as many for what the second process did not see, one more for each 100
  // of these tasks, what changed, and questions for the user and the projects.
  expect(server.requests.length - before).toBeLessThan(35 + 3 + 35 + 5);
  await world.drain();
  await expectEqual();
  expect(await world.run()).toMatchObject({ recovered: 0 });
});

test('a run goes on where it stood, also if more changes in between than one call can list', async () => {
  await begin({ pageSizeMax: 7 });
  makeProject(245);
  await world.run();
  await world.drain();
  let runs = 0;
  for (let isFinished = false; !isFinished; runs++) {
    expect(runs).toBeLessThan(12);
    clock.now += HOUR;
    // 35 pages are a list of everything, and of what changed.
    if (runs < 3) for (const each of studio.annotations.values()) studio.edit(each, 'b', true);
    const [stop, from] = [new AbortController(), server.requests.length];
    server.before = () => {
      if (server.requests.length - from > 25) stop.abort();
      return undefined;
    };
    ({ isFinished } = await world.run({ signal: stop.signal }));
    await world.drain();
  }
  expect(runs).toBeGreaterThan(2);
  await expectEqual();
});

test('a change during a list, behind the page that was read, is found by the next run', async () => {
  makeProject(250);
  await world.run();
  await world.drain();
  const [first] = studio.annotations.values();
  const last = [...studio.annotations.values()].at(-1);
  let pages = 0;
  server.before = (path) => {
    if (path !== '/api/tasks/' || ++pages !== 3 || !first || !last) return undefined;
    clock.now += HOUR;
    studio.edit(first, 'b', false);
    clock.now += HOUR;
    studio.edit(last, 'b', false);
    return undefined;
  };
  expect(await world.run()).toMatchObject({ recovered: 1 });
  await world.drain();
  expect(await world.run({ extent: 'last' })).toMatchObject({ recovered: 1 });
  await world.drain();
  await expectEqual();
});

test('lists of changes in between do not move the place of a list of everything', async () => {
  await begin({ pageSizeMax: 7 });
  makeProject(245);
  await world.run();
  await world.drain();
  const stop = new AbortController();
  const from = server.requests.length;
  server.before = () => {
    if (server.requests.length - from > 30) stop.abort();
    return undefined;
  };
  expect(await world.run({ signal: stop.signal })).toMatchObject({ isFinished: false });
  server.before = () => undefined;
  const place = async () => (await readProject(world.portsOf().notes, '1')).fullRest;
  const stood = await place();
  expect(Number(stood?.cursor)).toBeGreaterThan(100);
  for (let hour = 0; hour < 3; hour++) {
    clock.now += HOUR;
    const [annotation] = studio.annotations.values();
    if (annotation) studio.edit(annotation, `b ${hour}`, true);
    expect(await world.run({ extent: 'last' })).toMatchObject({ recovered: 1, isFinished: true });
    await world.drain();
    expect(await place()).toEqual(stood);
  }
  expect(await world.run()).toMatchObject({ recovered: 0, isFinished: true });
  expect(await place()).toBeUndefined();
  await expectEqual();
});

test('a round compares the projects first that it has not compared yet', async () => {
  for (let count = 0; count < 3; count++) makeProject(2);
  const roundAt = new Date(clock.now).toISOString();
  expect(await world.run({ projects: ['1'] })).toMatchObject({ isFinished: true });
  await world.drain();
  const round = await world.run({ roundAt });
  expect(round.projects.map(({ id }) => id)).toEqual(['2', '3', '1']);
  // Only what changed is listed of the first.
  expect(round).toMatchObject({ isFinished: true, recovered: 10 });
});

describe('on a schedule', () => {
  const lines: Record<string, unknown>[] = [];
  const call = async (stop = new AbortController().signal, ensure?: () => Promise<number>) => {
    lines.length = 0;
    const telemetry = createTelemetry('test', (line) => lines.push(JSON.parse(line)));
    await reconcileOnSchedule(world.portsOf(), telemetry, {
      source: 'label-studio',
      lagMs: 0,
      fullEveryMs: 7 * 24 * HOUR,
      signal: stop,
      ensure,
      now: () => new Date(clock.now),
    }).finally(() => world.drain());
    return lines[0] ?? {};
  };

  test('the first call fills the store, the next find changes, and once a week everything', async () => {
    makeProject(30);
    expect(await call()).toMatchObject({
      Recovered: 61,
      ReconcileAgeSeconds: 0,
      source: 'label-studio',
    });
    await expectEqual();
    clock.now += HOUR;
    const [task] = studio.tasks.values();
    if (task) studio.deleteTask(task);
    // A deleted task is in no list of changes.
    expect(await call()).toMatchObject({ recovered: 0, ReconcileAgeSeconds: 3_600 });
    clock.now += 7 * 24 * HOUR;
    expect(await call()).toMatchObject({ Recovered: 1, ReconcileAgeSeconds: 7 * 24 * 3_600 });
    await expectEqual();
  });

  test('a tenth of the labels is deleted, and more is not', async () => {
    makeProject(30);
    await call();
    const [one, two, three, four] = studio.tasks.values();
    for (const task of [one, two, three]) if (task) studio.deleteTask(task);
    clock.now += 8 * 24 * HOUR;
    expect(await call()).toMatchObject({ Recovered: 3 });
    if (four) studio.deleteTask(four);
    const [five, six] = studio.tasks.values();
    for (const task of [five, six]) if (task) studio.deleteTask(task);
    clock.now += 8 * 24 * HOUR;
    // 3 of 27.
    const refused = await call();
    expect(refused).toMatchObject({
      recovered: 0,
      DeletionsWithheld: 3,
      command: 'labelrelay reconcile label-studio --full',
      level: 'error',
    });
    // It says so until somebody looks.
    expect(await call()).toMatchObject({ DeletionsWithheld: 3 });
    await world.run();
    await world.drain();
    await expectEqual();
    expect(await call()).toMatchObject({ recovered: 0 });
  });

  test('a call that fails tells how old the last comparison is', async () => {
    makeProject(1);
    await call();
    clock.now += 2 * HOUR;
    server.before = () => 401;
    await expect(call()).rejects.toMatchObject({ code: 'denied' });
    expect(lines[0]).toMatchObject({ ReconcileAgeSeconds: 7_200, level: 'error' });
  });

  test('webhooks are made before the comparison, which does not need them', async () => {
    makeProject(1);
    const none = new AbortController().signal;
    expect(await call(none, async () => 2)).toMatchObject({ webhooksMade: 2, Recovered: 3 });
    clock.now += HOUR;
    const failing = async () => {
      throw new Error('a body with something secret');
    };
    const told = await call(none, failing);
    expect(JSON.stringify(told)).not.toContain('secret');
    expect(told).toMatchObject({
      level: 'error',
      message: 'projects without a webhook got none',
      webhooksError: { name: 'Error', at: expect.any(Array) },
      recovered: 0,
    });
    // None in the projects of another organization.
    studio.organization = 2;
    let calls = 0;
    const counting = async () => ++calls;
    await expect(call(none, counting)).rejects.toMatchObject({ code: 'refused' });
    expect(calls).toBe(0);
  });

  test('a round takes as many calls as it needs', async () => {
    await begin({ pageSizeMax: 7 });
    makeProject(120);
    makeProject(120);
    for (let calls = 0; ; calls++) {
      clock.now += HOUR;
      const stop = new AbortController();
      let requests = 0;
      server.before = () => {
        if (++requests > 24) stop.abort();
        return undefined;
      };
      const { isFinished } = await call(stop.signal);
      if (isFinished) break;
      expect(calls).toBeLessThan(12);
    }
    await expectEqual();
  });
});

test('after a run that found no change, the next one begins where that one did', async () => {
  const { id } = studio.createProject();
  await world.run({ lagMs: HOUR });
  await world.drain();
  clock.now += HOUR / 2;
  studio.importTasks(id, ['one']);
  clock.now += 72 * HOUR;
  // The task, and the project, which was made within the lag.
  expect(await world.run({ extent: 'last' })).toMatchObject({ recovered: 2 });
  await world.drain();

  const quiet = studio.createProject().id;
  expect(await world.run({ extent: 'last' })).toMatchObject({ recovered: 1 });
  await world.drain();
  clock.now += HOUR;
  studio.importTasks(quiet, ['two']);
  clock.now += 72 * HOUR;
  expect(await world.run({ extent: 'last' })).toMatchObject({ recovered: 1 });
});

test('a change during a run has the sequence of its webhook, and the time when it was found', async () => {
  const { id } = studio.createProject();
  studio.importTasks(id, ['one']);
  const [task] = studio.tasks.values();
  let webhook: StudioWebhook | undefined;
  server.before = (path) => {
    if (path !== '/api/tasks/' || webhook || !task) return undefined;
    clock.now += HOUR;
    webhook = studio.annotate(task, 'a');
    return undefined;
  };
  await world.run();
  if (webhook) world.receive({ body: webhook });
  const events = world.sent.map(({ body }) => JSON.parse(body));
  const [found, told] = events.filter(({ subject }) => subject === 'label/1');
  expect(found.sequence).toBe('2026-01-01T01:00:00.000000Z/2026-01-01T01:00:00.000000Z-0');
  expect(found.recordedtime).toBe('2026-01-01T01:00:00.000Z');
  expect(told.sequence).toBe(found.sequence);
});

test('labels that a list does not show are counted once each, in an empty store too', async () => {
  makeProject(2);
  const [annotation] = studio.annotations.values();
  // The task says that it has three annotations, and shows one, without its result.
  if (annotation) Reflect.deleteProperty(annotation, 'result');
  const honest = studio.taskBody.bind(studio);
  studio.taskBody = (task) => ({
    ...honest(task),
    ...(task.id === 1 && { total_annotations: 3 }),
  });
  expect(await world.run()).toMatchObject({ unreadable: 3 });
  await world.drain();
  expect(await world.run()).toMatchObject({ unreadable: 3, recovered: 0 });
});

test('a project that is named twice is compared once', async () => {
  makeProject(1);
  const twice = { projects: ['1', '1'], isNamed: true };
  const created = { created: 3, updated: 0, deleted: 0 };
  expect((await world.run(twice)).projects).toEqual([{ id: '1', listed: 1, recovered: created }]);
  await world.drain();
  studio.deleteProject(1);
  expect(await world.run(twice)).toMatchObject({ recovered: 1 });
});

test('a label that is older than in the store gets the sequence of the store, one microsecond later', async () => {
  makeProject(1);
  clock.now += HOUR;
  const [annotation] = studio.annotations.values();
  if (!annotation) throw new Error('expected an annotation');
  studio.edit(annotation, 'b', false);
  await world.run();
  await world.drain();
  Object.assign(annotation, { result: resultOf('a'), updated_at: annotation.created_at });
  await world.run();
  const [event] = world.sent.map(({ body }) => JSON.parse(body));
  expect([event.type, event.sequence]).toEqual([
    'labelrelay.label.updated',
    // The project, its task and the annotation were made one microsecond after the other.
    '2026-01-01T00:00:00.000002Z/2026-01-01T01:00:00.000001Z-1',
  ]);
  await world.drain();
  await expectEqual();
  expect(await world.run()).toMatchObject({ recovered: 0 });
});
