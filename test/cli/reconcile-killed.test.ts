import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually';
import { stopServers } from '../support/faces';
import {
  FAKE_TOKEN,
  type FakeServer,
  startFakeLabelStudio,
} from '../support/fake-label-studio/start';
import { FakeStudio } from '../support/fake-label-studio/studio';
import { type Line, startLabels } from '../support/labels-for-cli';
import { startCli } from '../support/run-cli';

const KILLS = process.env.PROPERTY_RUNS ? 60 : 5;

const studio = new FakeStudio(Date.now);
let server: FakeServer;
let labels: Awaited<ReturnType<typeof startLabels>>;
let ports: NodeJS.Dict<string>;
const proxies: Server[] = [];

/** Is told of every call of the command, before it is passed on and before its answer is. */
let step: () => void = () => {};

/** A server that passes calls on to another one. @returns its port */
async function passOn(port: string): Promise<string> {
  const proxy = createServer(async (incoming, response) => {
    step();
    const { method, url: path, headers } = incoming;
    // SQS knows a queue by its whole address.
    const body = (await text(incoming)).replaceAll(`127.0.0.1:${own}/`, `127.0.0.1:${port}/`);
    const outgoing = request({
      ...{ host: '127.0.0.1', port, method, path },
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    });
    outgoing.on('response', (answer) => {
      step();
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    outgoing.on('error', () => response.destroy());
    outgoing.end(body);
  }).listen(0, '127.0.0.1');
  proxies.push(proxy);
  await once(proxy, 'listening');
  const own = (proxy.address() as AddressInfo).port;
  return String(own);
}

beforeAll(async () => {
  [server, labels] = await Promise.all([startFakeLabelStudio(studio), startLabels()]);
  ports = {
    ...labels.env,
    AWS_PORT: await passOn(labels.env.AWS_PORT),
    DYNAMODB_PORT: await passOn(labels.env.DYNAMODB_PORT),
  };
  server.before = () => {
    step();
    return undefined;
  };
});
afterAll(async () => {
  for (const proxy of proxies) {
    proxy.close();
    proxy.closeAllConnections();
  }
  server.stop();
  await stopServers();
});

const start = () =>
  startCli(
    [
      ...['reconcile', 'label-studio', '--full', '--lag', '0s', '--limit', '1000/s'],
      ...['--yes', '--json', '--local'],
    ],
    { ...ports, LABEL_STUDIO_URL: server.url, LABEL_STUDIO_API_KEY: FAKE_TOKEN },
  );

/** Changes something of each kind, without any webhook. */
function change(): void {
  const { id } = studio.createProject();
  studio.importTasks(id, ['one', 'two', 'three']);
  for (const task of studio.tasks.values()) if (task.project === id) studio.annotate(task, 'a');
  const [first, second] = studio.annotations.values();
  const [task] = studio.tasks.values();
  if (first) studio.edit(first, `b ${id}`, true);
  if (second && studio.annotations.size > 4) studio.deleteAnnotation(second);
  if (task && studio.tasks.size > 4) studio.deleteTask(task);
}

/** The store has the labels of the platform, as they are now. */
async function expectEqual(): Promise<void> {
  const there = [...studio.annotations.values()].map(({ id, updated_at }) => `${id} ${updated_at}`);
  const seen = async () =>
    (await labels.list('--source', 'label-studio'))
      .map(({ label }: Line) => `${label.id} ${label.updatedAt}`)
      .sort();
  const same = JSON.stringify(there.sort());
  expect(JSON.stringify(await eventually(seen, (found) => JSON.stringify(found) === same))).toBe(
    same,
  );
}

async function countCalls(): Promise<number> {
  let calls = 0;
  step = () => void calls++;
  const { code, stderr } = await start().ended;
  expect([code, stderr]).toEqual([0, '']);
  step = () => {};
  return calls;
}

test('a run that is killed between any two calls is finished by the next one', async () => {
  change();
  const calls = await countCalls();
  expect(calls).toBeGreaterThan(10);
  await labels.settled();
  for (let kill = 0; kill < KILLS; kill++) {
    change();
    let left = 1 + Math.floor((kill * calls) / KILLS);
    let child: ChildProcess | undefined;
    step = () => {
      if (--left === 0) child?.kill('SIGKILL');
    };
    const run = start();
    child = run.process;
    await run.ended;
    expect(child.signalCode).toBe('SIGKILL');
    step = () => {};
    await labels.settled();
  }
  expect((await start().ended).code).toBe(0);
  await labels.settled();
  await expectEqual();
  expect((await start().ended).json).toMatchObject({ recovered: 0 });
}, 1_200_000);

test('two runs at once end with the store that one would have made', async () => {
  change();
  const [one, other] = await Promise.all([start().ended, start().ended]);
  expect([one.code, other.code]).toEqual([0, 0]);
  await labels.settled();
  await expectEqual();
  expect((await start().ended).json).toMatchObject({ recovered: 0 });
});
