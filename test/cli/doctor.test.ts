import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { platforms } from '../../lib/platforms/platforms';
import { s3At, sqsAt } from '../support/aws-clients';
import { stopServers } from '../support/faces';
import { freePort } from '../support/free-port';
import { LEGACY_TOKEN, startLabelStudioStub } from '../support/label-studio-stub';
import { API_KEY, type LabelboxServer, startLabelbox } from '../support/labelbox-server';
import { drain } from '../support/read-queues';
import { runCli } from '../support/run-cli';
import { type ForCli, startForCli } from '../support/start-for-cli';

let server: ForCli['server'];
let labelbox: LabelboxServer;
let env: ForCli['env'];

beforeAll(async () => {
  ({ server, env } = await startForCli({ LABELRELAY_SOURCES: '' }));
  labelbox = await startLabelbox();
});
afterAll(async () => {
  labelbox.stop();
  await stopServers();
});

interface Finding {
  readonly check: string;
  readonly state: string;
  readonly found: string;
  readonly fix?: string;
}

async function examine(more = {}, ...args: string[]): Promise<[number | null, Finding[]]> {
  const { code, json } = await runCli(['doctor', '--json', ...args], { ...env, ...more });
  return [code, json];
}
const states = (findings: readonly Finding[]) =>
  Object.fromEntries(findings.map(({ check, state }) => [check, state]));
/** The same state for a check of every platform. */
const each = (check: string, state: string) =>
  Object.fromEntries(Object.keys(platforms).map((name) => [`${check} ${name}`, state]));
const wrong = (findings: readonly Finding[]) =>
  findings.filter(({ state }) => state === 'warning' || state === 'problem');

test('a healthy receiver: one probe, and nothing else is left behind', async () => {
  const [code, findings] = await examine();
  expect([code, states(findings)]).toEqual([
    0,
    {
      stack: 'skipped',
      url: 'ok',
      clock: 'ok',
      capacity: 'skipped',
      ...each('secret', 'ok'),
      queues: 'ok',
      labels: 'skipped',
      heard: 'skipped',
      held: 'ok',
      alarms: 'skipped',
      ...each('webhooks', 'skipped'),
      probe: 'ok',
    },
  ]);
  expect((await drain(server.aws)).map(({ queue, event }) => [queue, event.data.reason])).toEqual([
    ['unrecognized', 'unknown-event'],
  ]);
  await examine({}, '--no-probe');
  expect(await drain(server.aws)).toEqual([]);
});

test("a secret that is not the receiver's, or none", async () => {
  const [code, findings] = await examine(
    { LABELBOX_WEBHOOK_SECRET: 'another', LABEL_STUDIO_WEBHOOK_SECRET: ' \n' },
    '--no-probe',
  );
  expect([code, wrong(findings)]).toEqual([
    3,
    [
      expect.objectContaining({
        check: 'secret labelbox',
        found: 'the receiver answered 401 to the right secret',
      }),
      expect.objectContaining({
        check: 'secret label-studio',
        found: 'has no usable secret: every delivery is rejected',
        fix: 'start it again with a secret, as docs/configuration.md says',
      }),
    ],
  ]);
});

test('a webhook that is missing, off, or tells too little', async () => {
  const keys = { LABELBOX_GRAPHQL_URL: labelbox.url, LABELBOX_API_KEY: API_KEY };
  const look = async () => {
    const [, findings] = await examine(keys, '--no-probe');
    const found = findings.find(({ check }) => check === 'webhooks labelbox');
    return [found?.state, found?.found, found?.fix].filter(Boolean);
  };
  const url = `http://127.0.0.1:${env.PORT}/webhooks/labelbox`;
  expect(await look()).toEqual([
    'problem',
    `none to ${url}`,
    'npx labelrelay webhooks create labelbox',
  ]);
  const webhook = {
    id: 'w-1',
    url,
    topics: ['LABEL_CREATED', 'LABEL_UPDATED'],
    status: 'INACTIVE',
    secret: 'S3CRET',
    project: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
  };
  labelbox.webhooks.push(webhook);
  expect(await look()).toEqual([
    'problem',
    'w-1 is inactive',
    'npx labelrelay webhooks update labelbox w-1 --status active',
  ]);
  webhook.status = 'ACTIVE';
  expect(await look()).toEqual([
    'warning',
    'no webhook sends LABEL_DELETED',
    'npx labelrelay webhooks update labelbox w-1 --topics LABEL_CREATED,LABEL_UPDATED,LABEL_DELETED',
  ]);
  webhook.topics.push('LABEL_DELETED');
  expect(await look()).toEqual(['ok', '1 active']);
  const wrongKey = await examine({ ...keys, LABELBOX_API_KEY: 'wrong' }, '--no-probe');
  expect(states(wrongKey[1])['webhooks labelbox']).toBe('problem');
});

test('two webhooks that tell of the labels of one project', async () => {
  const webhook = (id: string, project: string | null, topics = ['LABEL_UPDATED']) => ({
    ...{ id, topics, project: project === null ? null : { id: project, name: project } },
    url: `http://127.0.0.1:${env.PORT}/webhooks/labelbox`,
    status: 'ACTIVE',
    secret: 'S3CRET',
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
  });
  const overlaps = async (...webhooks: ReturnType<typeof webhook>[]) => {
    labelbox.webhooks.splice(0, Number.POSITIVE_INFINITY, ...webhooks);
    const keys = { LABELBOX_GRAPHQL_URL: labelbox.url, LABELBOX_API_KEY: API_KEY };
    const [, findings] = await examine(keys, '--no-probe');
    return findings.filter(({ found }) => found?.includes('both send')).map(({ found }) => found);
  };
  const twice = 'if one is of version 1 and one of version 2, workers count each label twice';
  expect(await overlaps(webhook('a', 'p'), webhook('b', 'p'))).toEqual([
    `a and b both send labels of the project p: ${twice}`,
  ]);
  // A webhook without a project tells of all of them.
  expect(await overlaps(webhook('a', null), webhook('b', 'p'), webhook('c', null))).toEqual([
    `a and b both send labels of the project p: ${twice}`,
    `a and c both send labels of all projects: ${twice}`,
    `b and c both send labels of the project p: ${twice}`,
  ]);
  expect(await overlaps(webhook('a', 'p'), webhook('b', 'q'))).toEqual([]);
  expect(await overlaps(webhook('a', 'p'), webhook('b', 'p', ['WORKFLOW_ACTION']))).toEqual([]);
  const off = { ...webhook('b', 'p'), status: 'INACTIVE' };
  const elsewhere = { ...webhook('c', 'p'), url: 'https://example.com/webhooks/labelbox' };
  expect(await overlaps(webhook('a', 'p'), off, elsewhere)).toEqual([]);
});

test('a webhook of Label Studio to a private address', async () => {
  const studio = await startLabelStudioStub();
  const keys = { LABEL_STUDIO_URL: studio.url, LABEL_STUDIO_API_KEY: LEGACY_TOKEN };
  const webhook = (id: number, url: string, is_active = true) => ({
    id,
    url,
    project: 7,
    headers: {},
    actions: [],
    send_payload: true,
    send_for_all_actions: true,
    is_active,
    updated_at: '2026-01-01T00:00:00Z',
  });
  studio.webhooks.push(
    webhook(1, `http://127.0.0.1:${env.PORT}/webhooks/label-studio`),
    webhook(2, 'http://[fd00::1]:3000/webhooks/label-studio/'),
    webhook(3, 'http://localhost:3000/webhooks/label-studio'),
    webhook(4, 'http://10.1.2.3/webhooks/label-studio', false),
    webhook(5, 'http://203.0.113.7/webhooks/label-studio'),
    webhook(6, "http://192.168.0.1/somebody's-else"),
  );
  const [, findings] = await examine(keys, '--no-probe');
  studio.stop();
  const found = findings.filter(({ check }) => check === 'webhooks label-studio');
  expect(found.map(({ state }) => state)).toEqual(['ok', 'warning', 'warning', 'warning']);
  expect(found.slice(1).map((each) => each.found.slice(0, 1))).toEqual(['1', '2', '3']);
  for (const { found: text, fix } of found.slice(1)) {
    expect(text).toContain('private address http://');
    expect(fix).toContain('SSRF_PROTECTION_ENABLED=false');
  }
});

test('its advice leads to the deployment that was examined', async () => {
  const { AWS_ENDPOINT_URL: _, ...rest } = env;
  const local = { ...rest, AWS_PORT: new URL(server.aws).port, LABELRELAY_STAGE: 'dev' };
  const studio = await startLabelStudioStub();
  const keys = { LABEL_STUDIO_URL: studio.url, LABEL_STUDIO_API_KEY: LEGACY_TOKEN };
  const args = ['doctor', '--no-probe', '--local', '--region', 'eu-west-1', '--json'];
  const { json } = await runCli(args, { ...local, ...keys });
  studio.stop();
  expect(wrong(json).map(({ fix }) => fix)).toEqual([
    'npx labelrelay webhooks create label-studio --project <id> --region eu-west-1 --local',
  ]);
});

test('dead letters, missing queues, and parked deliveries', async () => {
  const url = (name: string) => `${server.aws}/000000000000/labelrelay-dev-${name}`;
  const sqs = sqsAt(server.aws);
  await sqs.send(new SendMessageCommand({ QueueUrl: url('task-created-dlq'), MessageBody: '{}' }));
  const gone = ['label-deleted-dlq', 'unrecognized'];
  for (const each of gone) await sqs.send(new DeleteQueueCommand({ QueueUrl: url(each) }));
  const name = '2026-01-01T00:00:00.000Z-labelbox-11111111-1111-4111-8111-111111111111';
  const Key = `held/parked/verified/${name}`;
  const Bucket = 'labelrelay-dev-deliveries';
  await s3At(server.aws).send(new PutObjectCommand({ Bucket, Key, Body: 'a record' }));
  const { code, stdout } = await runCli(['doctor'], env);
  expect(code).toBe(3);
  expect(stdout).toContain('warning  queue task-created: 1 dead letters\n');
  expect(stdout).toContain('         do: npx labelrelay dlq show task-created\n');
  expect(stdout).toContain('problem  queue label-deleted-dlq: is missing');
  expect(stdout).toContain('problem  queue unrecognized: is missing: its deliveries are held\n');
  expect(stdout).not.toContain('queue label-deleted:');
  expect(stdout).toContain('problem  held: 1 deliveries are parked\n');
  expect(stdout).toContain('warning  probe: a signed delivery was held\n');

  const fixes = [...stdout.matchAll(/^ +do: (aws .*)$/gm)].map(([, fix = '']) => fix);
  expect(fixes).toHaveLength(gone.length);
  for (const fix of fixes) await paste(fix, sqs);
  const all = new GetQueueAttributesCommand({
    QueueUrl: url('unrecognized'),
    AttributeNames: ['All'],
  });
  const { Attributes = {} } = await sqs.send(all);
  expect(JSON.parse(Attributes.RedrivePolicy ?? '')).toEqual({
    deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:labelrelay-dev-unrecognized-dlq',
    maxReceiveCount: 5,
  });
  const again = await runCli(['doctor'], env);
  expect(again.stdout).not.toMatch(/is missing|has no dead-letter queue/);
});

/** Runs a command of AWS's command line as a shell reads it. */
async function paste(command: string, sqs: SQSClient): Promise<void> {
  const script = `aws() { printf '%s\\n' "$@"; }; ${command}`;
  const { stdout } = await promisify(execFile)('bash', ['-euc', script]);
  const [service, action, ...options] = stdout.trim().split('\n');
  expect([service, action, options[0], options[2]]).toEqual([
    'sqs',
    'create-queue',
    '--queue-name',
    '--attributes',
  ]);
  expect(options.slice(4)).toEqual(['--region', 'us-east-1', '--endpoint-url', server.aws]);
  const Attributes = JSON.parse(options[3] ?? '');
  await sqs.send(new CreateQueueCommand({ QueueName: options[1], Attributes }));
}

test('nobody at the address', async () => {
  const port = await freePort();
  const [code, findings] = await examine({ PORT: String(port) });
  expect(code).toBe(3);
  expect(states(findings)).toMatchObject({ url: 'problem', secrets: 'problem', probe: 'problem' });
  expect(wrong(findings)[0]?.found).toContain(`at 127.0.0.1:${port} (ECONNREFUSED)`);
});

test('secrets that were stored with more than they are, and one outside ASCII', async () => {
  const secrets = {
    LABELBOX_WEBHOOK_SECRET: '{"secret":"hunter2-hunter2"}',
    LABEL_STUDIO_WEBHOOK_SECRET: 'hunter2-hunter2\n',
    LABELRELAY_SOURCES: 'studio-b:label-studio:größer-als-ÿ,studio-c:label-studio:秘密の言葉',
  };
  const { env: at } = await startForCli(secrets);
  const { json, stdout } = await runCli(['doctor', '--json'], { ...at, ...secrets });
  const found = Object.fromEntries(
    (json as Finding[]).map(({ check, state, found }) => [check, [state, found]]),
  );
  expect(found).toMatchObject({
    'secret labelbox': ['problem', expect.stringContaining('the JSON around it')],
    'secret label-studio': ['problem', expect.stringContaining('white space at its ends')],
    'secret studio-b': ['ok', expect.any(String)],
    'secret studio-c': ['ok', expect.any(String)],
  });
  expect(stdout).not.toContain('hunter2');
});
