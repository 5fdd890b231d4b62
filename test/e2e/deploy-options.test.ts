import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { secretsManagerAt } from '../support/aws-clients';
import { eventually } from '../support/eventually';
import {
  FAKE_TOKEN,
  type FakeServer,
  startFakeLabelStudio,
} from '../support/fake-label-studio/start';
import { FakeStudio } from '../support/fake-label-studio/studio';
import { label } from '../support/label';
import { drain } from '../support/read-queues';
import { runCli } from '../support/run-cli';
import { send, sign } from '../support/send';
import { changedConfig, invoke, osls, readSecret, readStack, type Stack } from './emulator/stack';
import { type Emulator, startAws } from './emulator/start-aws';

let aws: Emulator;
let stack: Stack;
let studio: FakeStudio;
let server: FakeServer;

/** Rules that no test can wait for, and a schedule for two of three projects. */
const withOptions = (text: string): string =>
  text
    .replace(
      'milestones: []',
      'milestones: [{ name: retrain, on: [label.created], by: project, count: 500, quiet: 7d }]',
    )
    .replace(
      'reconcile: false',
      `reconcile: { sources: { label-studio: "${server.url}" }, projects: ["1", "2"], lagMinutes: 0 }`,
    );

beforeAll(async () => {
  studio = new FakeStudio(() => Date.now());
  server = await startFakeLabelStudio(studio);
  for (const title of ['one', 'two', 'three']) {
    const { id } = studio.createProject();
    studio.importTasks(id, [title]);
  }
  aws = await startAws();
  const config = changedConfig(withOptions);
  await osls(
    aws.endpoint,
    'deploy',
    '--stage',
    'dev',
    '--param',
    'retain=false',
    '--config',
    config,
  );
  stack = await readStack(aws.endpoint, 'dev');
}, 600_000);
afterAll(async () => {
  server?.stop();
  await aws?.stop();
});

/** The command of an operator, who does not have the settings of the deployment. */
const cli = (...args: string[]) =>
  runCli([...args, '--stage', 'dev', '--json'], {
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'operator',
    AWS_SECRET_ACCESS_KEY: 'emulated',
    LABEL_STUDIO_URL: server.url,
    LABEL_STUDIO_API_KEY: FAKE_TOKEN,
  });

test('the rules of a deployment are listed, and one is fired', async () => {
  const list = async () =>
    (await cli('milestones', 'list')).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  expect(await list()).toMatchObject([{ rule: 'retrain', count: 500, quietSeconds: 604_800 }]);

  const body = JSON.stringify(label({ id: 'a' }));
  const { origin, pathname } = new URL(stack.url);
  const { status } = await send(origin, {
    path: `${pathname}/webhooks/labelbox`,
    body,
    headers: {
      'content-type': 'application/json',
      'x-labelbox-event': 'LABEL_CREATED',
      'x-hub-signature': sign(body, await readSecret(aws.endpoint, stack, 'Labelbox')),
    },
  });
  expect(status).toBe(202);
  const [counted] = await eventually(list, ([first]) => first.subjects === 1);
  expect(counted).toMatchObject({ source: 'labelbox', epoch: 1, subjects: 1 });

  const fired = await cli('milestones', 'fire', 'retrain');
  expect([fired.code, JSON.parse(fired.stdout)]).toEqual([
    0,
    {
      rule: 'retrain',
      source: 'labelbox',
      project: counted.project,
      epoch: 1,
      subjects: 1,
      fired: true,
    },
  ]);
  const events = () => drain(aws.endpoint, ['milestone-reached']);
  const [reached] = await eventually(events, ({ length }) => length > 0);
  expect(reached?.event.data).toMatchObject({ rule: 'retrain', reason: 'manual', subjects: 1 });
  expect((await cli('milestones', 'fire', 'retrain')).code).toBe(5);
});

test('the projects of the deployment are compared, by the command and by the function', async () => {
  const dry = await cli('reconcile', 'label-studio', '--full', '--lag', '0s', '--dry-run');
  expect([dry.code, JSON.parse(dry.stdout)]).toMatchObject([
    3,
    { projects: [{ id: '1' }, { id: '2' }], recovered: 4 },
  ]);
  await secretsManagerAt(aws.endpoint).send(
    new CreateSecretCommand({
      Name: 'labelrelay/dev/api-keys/label-studio',
      SecretString: FAKE_TOKEN,
    }),
  );
  await invoke(aws.endpoint, 'labelrelay-dev-reconcile', { source: 'label-studio' });
  const created = async () =>
    (await drain(aws.endpoint, ['project-created', 'task-created'])).map(({ event }) => event);
  const events = await eventually(created, ({ length }) => length > 0);
  expect(events.map(({ subject, recovered }) => [subject, recovered]).sort()).toEqual([
    ['project/1', true],
    ['project/2', true],
    ['task/1', true],
    ['task/2', true],
  ]);
  const empty = async () => cli('reconcile', 'label-studio', '--full', '--lag', '0s', '--dry-run');
  const after = await eventually(empty, ({ code }) => code === 0);
  expect([after.code, JSON.parse(after.stdout)]).toMatchObject([0, { recovered: 0 }]);
});
