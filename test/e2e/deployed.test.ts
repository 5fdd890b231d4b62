import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, ListBucketsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { ListSecretsCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dynamoDbAt, s3At, secretsManagerAt, sqsAt } from '../support/aws-clients';
import { eventually } from '../support/eventually';
import { expectFixture } from '../support/expect-fixture';
import { fixtures } from '../support/fixtures';
import { label } from '../support/label';
import { deliverLarge, signLarge, v1Label } from '../support/large-bodies';
import { drain, type Received, readObject } from '../support/read-queues';
import { type Sent, send, sign } from '../support/send';
import { startReceiver } from '../support/start-receiver';
import { commandLine } from './command-line';
import {
  invoke,
  osls,
  query,
  readSecret as readSecretOf,
  readStack,
  type Stack,
} from './emulator/stack';
import { type Emulator, startAws } from './emulator/start-aws';

const STAGE = 'dev';
const BUCKET = `labelrelay-${STAGE}-000000000000-us-east-1`;

let aws: Emulator;
let stack: Stack;

const secretsManager = () => secretsManagerAt(aws.endpoint);
const readSecret = (source: string) => readSecretOf(aws.endpoint, stack, source);
const queueUrl = (name: string) => `${aws.endpoint}/000000000000/labelrelay-${STAGE}-${name}`;

/** Sends a delivery to the API of the stack. */
function post(path: string, body: object | string, headers: Record<string, string>): Promise<Sent> {
  const { origin, pathname } = new URL(stack.url);
  return send(origin, {
    path: pathname + path,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
}

const fromLabelbox = (body: object | string, secret: string): Promise<Sent> => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return post('/webhooks/labelbox', text, { 'x-hub-signature': sign(text, secret) });
};

const keys = async (Prefix: string): Promise<string[]> => {
  const list = new ListObjectsV2Command({ Bucket: BUCKET, Prefix });
  const { Contents = [] } = await s3At(aws.endpoint).send(list);
  return Contents.map(({ Key = '' }) => Key);
};

const deploy = (...options: string[]) =>
  osls(
    aws.endpoint,
    'deploy',
    '--stage',
    STAGE,
    '--param',
    'retain=false',
    '--param',
    'tap=true',
    ...options,
  );

beforeAll(async () => {
  aws = await startAws();
  await deploy();
  stack = await readStack(aws.endpoint, STAGE);
}, 600_000);
afterAll(() => aws?.stop());

interface Role {
  readonly RoleName: string;
  readonly PolicyName: string;
  readonly PolicyDocument: string;
}

/** The current roles of the functions. */
async function readRoles(): Promise<Role[]> {
  const list = await query(aws.endpoint, 'iam', { Action: 'ListRoles' });
  const names = [...list.matchAll(/<RoleName>(labelrelay-dev-(\w+)Role-\w+)</g)];
  return Promise.all(
    names.map(async ([, RoleName = '', name = '']) => {
      const PolicyName = name.charAt(0).toLowerCase() + name.slice(1);
      const get = { Action: 'GetRolePolicy', RoleName, PolicyName };
      const answer = await query(aws.endpoint, 'iam', get);
      const [, text = ''] = /<PolicyDocument>(.*?)<\/PolicyDocument>/s.exec(answer) ?? [];
      const PolicyDocument = decodeURIComponent(text).replaceAll('&quot;', '"');
      return { RoleName, PolicyName, PolicyDocument };
    }),
  );
}

/** The permissions that tests removed from a role. */
const forbidden = new Set<string>();

/** Removes an action from a role. @returns a function that restores it */
async function forbid(name: string, action: string): Promise<() => Promise<unknown>> {
  const role = (await readRoles()).find(({ RoleName }) => RoleName.includes(`-${name}Role-`));
  if (!role) throw new Error(`no role ${name}`);
  const put = (PolicyDocument: string) =>
    query(aws.endpoint, 'iam', { Action: 'PutRolePolicy', ...role, PolicyDocument });
  forbidden.add(action);
  await put(role.PolicyDocument.replaceAll(`"${action}"`, `"${action}Never"`));
  return () => put(role.PolicyDocument);
}

test('the outputs of the stack name its webhooks, queues and secrets', () => {
  expect(stack.outputs.get('WebhookUrlLabelbox')).toMatch(/^https:\/\/.+\/webhooks\/labelbox$/);
  expect(stack.outputs.get('TrainingUrlLabelDashstudio')).toMatch(/\/training\/label-studio$/);
  expect(stack.outputs.get('SecretNameLabelbox')).toBe(`labelrelay/${STAGE}/labelbox`);
  expect(stack.outputs.get('QueueArnLabelDashcreated')).toBe(
    `arn:aws:sqs:us-east-1:000000000000:labelrelay-${STAGE}-label-created`,
  );
  expect(stack.outputs.get('DeadLetterQueueUrlLabelDashcreated')).toContain('label-created-dlq');
});

test('a secret that cannot be read holds a delivery, which is verified and sent later', async () => {
  const mend = await forbid('Receive', 'secretsmanager:GetSecretValue');
  const secret = await readSecret('LabelDashstudio');
  const body = { action: 'PROJECT_CREATED', project: { id: 7, title: 'A project' } };
  const held = await post('/webhooks/label-studio', body, { authorization: `Bearer ${secret}` });
  const forged = await post('/webhooks/label-studio', body, { authorization: 'Bearer forged' });
  await mend();
  expect([held.status, held.json.held]).toEqual([202, true]);
  expect([forged.status, forged.json.held]).toEqual([202, true]);
  await invoke(aws.endpoint, `labelrelay-${STAGE}-redeliver`, { all: true });
  const arrived = await drain(aws.endpoint, ['project-created']);
  expect(arrived.map(({ event }) => event.subject)).toEqual(['project/7']);
  expect(await keys('held/')).toEqual([]);
  expect(await keys('rejected/')).toHaveLength(1);
  expect(await drain(aws.endpoint)).toEqual([]);
});

describe('every fixture becomes its events', () => {
  test.each(fixtures())('$platform: $name', async (fixture) => {
    // The fixtures are signed with the example secret.
    if (fixture.platform === 'labelbox') await putSecret('Labelbox', 'example_secret');
    const face = { url: stack.url, aws: aws.endpoint };
    await expectFixture(face, await readSecret('LabelDashstudio'), fixture);
  });
});

async function putSecret(source: string, SecretString: string): Promise<void> {
  if ((await readSecret(source)) === SecretString) return;
  const SecretId = stack.outputs.get(`SecretName${source}`);
  await secretsManager().send(new PutSecretValueCommand({ SecretId, SecretString }));
  // After a wrong signature, a function reads the secret again at most every ten seconds.
  await setTimeout(10_500);
}

test('the label store wrote the labels of the fixtures into its table', async () => {
  const subjects = fixtures()
    .flatMap(({ events }) => events.map(({ event }) => event as { type: string; subject?: string }))
    .flatMap(({ type, subject }) => (type.startsWith('labelrelay.label.') ? (subject ?? []) : []));
  expect(subjects.length).toBeGreaterThan(5);
  const isThere = (labels: string) => subjects.every((subject) => labels.includes(subject));
  const labels = await eventually(readLabels, isThere);
  expect(subjects.filter((subject) => !labels.includes(subject))).toEqual([]);
  // Several fixtures share a subject: all must be handled before the next test removes permissions.
  expect(await eventually(underWay, (count) => count === 0)).toBe(0);
});

/** Messages of the label store that wait or are being handled. */
async function underWay(): Promise<number> {
  const { Attributes } = await sqsAt(aws.endpoint).send(
    new GetQueueAttributesCommand({
      QueueUrl: stack.outputs.get('QueueUrlLabelDashstore'),
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return Object.values(Attributes ?? {}).reduce((sum, count) => sum + Number(count), 0);
}

const readLabels = async (): Promise<string> => {
  const scan = new ScanCommand({ TableName: `labelrelay-${STAGE}-label-store` });
  const { Items = [] } = await dynamoDbAt(aws.endpoint).send(scan);
  return JSON.stringify(Items.filter(({ item }) => item?.S === 'state'));
};

test('the label store retries a failed write', async () => {
  const mend = await forbid('LabelStore', 'dynamodb:UpdateItem');
  const answer = await fromLabelbox(label({ id: 'late' }), await readSecret('Labelbox'));
  expect(answer.status).toBe(202);
  const isDenied = async () =>
    aws.calls().some(({ action, isAllowed }) => action === 'dynamodb:UpdateItem' && !isAllowed);
  expect(await eventually(isDenied, Boolean)).toBe(true);
  expect(await readLabels()).not.toContain('label/late');
  await mend();
  expect(await eventually(readLabels, (seen) => seen.includes('label/late'))).toContain(
    'label/late',
  );
  await drain(aws.endpoint);
});

test('the milestones worker tells of a completed task, and retries a failed write', async () => {
  const completed = async () =>
    (await drain(aws.endpoint, ['task-completed'])).map(({ event }) => event.subject);
  // Those of the fixtures come first.
  expect((await eventually(completed, (all) => all.length > 0)).length).toBeGreaterThan(0);
  const mend = await forbid('Milestones', 'dynamodb:PutItem');
  const body = {
    action: 'ANNOTATION_CREATED',
    annotation: { id: 901, result: [], updated_at: '2026-03-02T10:41:55.287310Z' },
    task: { id: 900, is_labeled: true, updated_at: '2026-03-02T10:41:55.287310Z', data: {} },
    project: { id: 7, title: 'A project' },
  };
  const secret = await readSecret('LabelDashstudio');
  const answer = await post('/webhooks/label-studio', body, { authorization: `Bearer ${secret}` });
  expect(answer.status).toBe(202);
  const isDenied = async () =>
    aws.calls().some(({ role, isAllowed }) => /MilestonesRole/.test(role) && !isAllowed);
  expect(await eventually(isDenied, Boolean)).toBe(true);
  await mend();
  const isTold = (all: string[]) => all.includes('task/900/completion');
  expect(isTold(await eventually(completed, isTold))).toBe(true);
  await drain(aws.endpoint);
});

test('a message that failed five times is a dead letter, which can be redriven', async () => {
  const mends = [
    await forbid('LabelStore', 'dynamodb:UpdateItem'),
    // Makes messages come again after the visibility timeout of the queue.
    await forbid('LabelStore', 'sqs:ChangeMessageVisibility'),
  ];
  await setVisibility('1');
  await fromLabelbox(label({ id: 'given-up' }), await readSecret('Labelbox'));
  const [letter = ''] = await eventually(
    () => receiveBodies('label-store-dlq'),
    (bodies) => bodies.length > 0,
  );
  expect(JSON.parse(letter).subject).toBe('label/given-up');
  for (const mend of mends.reverse()) await mend();
  await setVisibility('180');
  const SourceArn = stack.outputs.get('DeadLetterQueueArnLabelDashstore');
  // The worker has sent it there, so SQS does not know where it came from.
  const DestinationArn = stack.outputs.get('QueueArnLabelDashstore');
  const move = new StartMessageMoveTaskCommand({ SourceArn, DestinationArn });
  await sqsAt(aws.endpoint).send(move);
  expect(await eventually(readLabels, (seen) => seen.includes('label/given-up'))).toContain(
    'label/given-up',
  );
  await drain(aws.endpoint);
});

const setVisibility = (VisibilityTimeout: string) =>
  sqsAt(aws.endpoint).send(
    new SetQueueAttributesCommand({
      QueueUrl: queueUrl('label-store'),
      Attributes: { VisibilityTimeout },
    }),
  );

test('a wrong secret is rejected, and nothing arrives', async () => {
  const answer = await fromLabelbox(label(), 'wrong');
  expect([answer.status, answer.json.status]).toEqual([401, 401]);
  expect(await drain(aws.endpoint)).toEqual([]);
});

test('a body that is no JSON is answered 400 and kept', async () => {
  const answer = await fromLabelbox('not JSON', await readSecret('Labelbox'));
  expect(answer.status).toBe(400);
  expect(await keys('undecodable/')).toHaveLength(1);
});

test('a large label travels through S3', async () => {
  const body = label({ dataRow: { id: 'row-1', externalId: 'x'.repeat(600_000) } });
  const answer = await fromLabelbox(body, await readSecret('Labelbox'));
  expect(answer.json).toMatchObject({ events: 1 });
  const [{ event } = { event: {} }] = await drain(aws.endpoint);
  expect(event.data).toBeUndefined();
  const bytes = await readObject(aws.endpoint, event.dataref);
  expect(event.datadigest).toBe(`sha256:${createHash('sha256').update(bytes).digest('hex')}`);
  expect(JSON.parse(bytes.toString()).dataRow.externalId).toHaveLength(600_000);
});

test('a label too large for Lambda arrives through the server, and the stack redelivers it', async () => {
  const server = await startReceiver(aws.endpoint, {
    AWS_ACCESS_KEY_ID: 'operator',
    AWS_SECRET_ACCESS_KEY: 'emulated',
    LABELRELAY_BUCKET: BUCKET,
    LABELRELAY_QUEUE_URL_BASE: `${aws.endpoint}/000000000000/`,
    LABELRELAY_REDELIVERS: 'false',
  });
  const body = v1Label(12_000_000, 'large');
  const answer = await deliverLarge(server.url, body, {
    'x-labelbox-event': 'LABEL_CREATED',
    'x-hub-signature': signLarge(body, await readSecret('Labelbox')),
  });
  await server.stop();
  expect([answer.status, answer.json]).toMatchObject([202, { held: true }]);

  const received: Received[] = [];
  await eventually(
    async () => received.push(...(await drain(aws.endpoint, ['label-created']))),
    (count) => count === 1,
  );
  const [{ event } = { event: {} }] = received;
  const bytes = await readObject(aws.endpoint, event.dataref);
  expect(event.datadigest).toBe(`sha256:${createHash('sha256').update(bytes).digest('hex')}`);
  const data = JSON.parse(bytes.toString());
  expect(data.labels[0].annotations).toHaveLength(body.objects);
  const native = JSON.parse((await readObject(aws.endpoint, data.nativeref)).toString());
  expect(JSON.parse(native.label).objects).toHaveLength(body.objects);
  expect(await keys('held/')).toEqual([]);
});

test('the object of a large label goes with the label', async () => {
  const stored = () => keys('state/');
  const before = await eventually(stored, ({ length }) => length > 0);
  expect(before.length).toBeGreaterThan(0);
  // The label that arrived through the server.
  const gone = { id: 'large', deleted: true, updatedAt: '2023-02-13T18:22:48Z' };
  const body = JSON.stringify(label(gone));
  const answer = await post('/webhooks/labelbox', body, {
    'x-hub-signature': sign(body, await readSecret('Labelbox')),
    'x-labelbox-event': 'LABEL_DELETED',
  });
  expect(answer.status).toBe(202);
  expect(await eventually(stored, ({ length }) => length === 0)).toEqual([]);
  await drain(aws.endpoint);
});

test('an import of many tasks is held, and sent at once', async () => {
  const tasks = Array.from({ length: 700 }, (_, id) => ({ id, data: {} }));
  const body = { action: 'TASKS_CREATED', tasks, project: { id: 7 } };
  const secret = await readSecret('LabelDashstudio');
  const answer = await post('/webhooks/label-studio', body, { authorization: `Bearer ${secret}` });
  expect(answer.json).toMatchObject({ events: 700, held: true });
  const received: unknown[] = [];
  await eventually(
    async () => received.push(...(await drain(aws.endpoint, ['task-created']))),
    (count) => count === 700,
  );
  expect(received).toHaveLength(700);
  expect(
    await eventually(
      () => keys('held/'),
      ({ length }) => length === 0,
    ),
  ).toEqual([]);
});

describe('the command line', () => commandLine(() => ({ ...stack, endpoint: aws.endpoint })));

test('deliveries of a deleted queue are held until it exists again', async () => {
  const sqs = sqsAt(aws.endpoint);
  const secret = await readSecret('Labelbox');
  await sqs.send(new DeleteQueueCommand({ QueueUrl: queueUrl('label-created') }));
  const body = JSON.stringify(label());
  const answer = await post('/webhooks/labelbox', body, {
    'x-hub-signature': sign(body, secret),
    'x-labelbox-event': 'LABEL_CREATED',
  });
  expect([answer.status, answer.json.held]).toEqual([202, true]);
  expect(await keys('held/verified/')).toHaveLength(1);
  await sqs.send(new CreateQueueCommand({ QueueName: `labelrelay-${STAGE}-label-created` }));
  await invoke(aws.endpoint, `labelrelay-${STAGE}-redeliver`, { all: true });
  expect(await drain(aws.endpoint, ['label-created'])).toHaveLength(1);
  expect(await keys('held/')).toEqual([]);
});

test('a message that no worker can read becomes a dead letter', async () => {
  const send = new SendMessageCommand({
    QueueUrl: queueUrl('label-store'),
    MessageBody: 'no event',
  });
  await sqsAt(aws.endpoint).send(send);
  const letters = await eventually(
    () => receiveBodies('label-store-dlq'),
    (bodies) => bodies.length > 0,
  );
  expect(letters).toEqual(['no event']);
});

async function receiveBodies(queue: string): Promise<string[]> {
  const { Messages = [] } = await sqsAt(aws.endpoint).send(
    new ReceiveMessageCommand({ QueueUrl: queueUrl(queue) }),
  );
  return Messages.map(({ Body = '' }) => Body);
}

test('at a steady rate, a deploy and a rotation lose and reject no delivery', async () => {
  let secret = await readSecret('Labelbox');
  let isOver = false;
  const answers: Sent[] = [];
  const sent: string[] = [];
  const sender = (async () => {
    const running: Promise<unknown>[] = [];
    for (let n = 0; !isOver; n++) {
      const id = `steady-${n}`;
      sent.push(id);
      running.push(fromLabelbox({ ...label(), id }, secret).then((answer) => answers.push(answer)));
      await setTimeout(100);
    }
    await Promise.all(running);
  })();
  await deploy('--force');
  const SecretId = stack.outputs.get('SecretNameLabelbox');
  const SecretString = 'a-newer-secret';
  await secretsManager().send(new PutSecretValueCommand({ SecretId, SecretString }));
  // The documented order: write the secret, wait, give it to the platform.
  await setTimeout(11_000);
  secret = SecretString;
  await setTimeout(3_000);
  isOver = true;
  await sender;

  expect(answers.filter(({ status }) => status !== 202).map(({ text }) => text)).toEqual([]);
  const arrived = new Set((await drain(aws.endpoint)).map(({ event }) => event.subject));
  expect(sent.filter((id) => !arrived.has(`label/${id}`))).toEqual([]);
  expect(sent.length).toBeGreaterThan(100);
  process.stdout.write(`deliveries = ${sent.length}, lost = 0, wrongly refused = 0\n`);
});

/**
 * Calls that the tests do not provoke: for messages that wait, every five minutes; for failed uploads, once an hour; for old
 * versions of a secret.
 */
const SELDOM = [
  'cloudwatch:GetMetricData',
  's3:AbortMultipartUpload',
  's3:ListBucketMultipartUploads',
  'secretsmanager:DescribeSecret',
];
const OF_LAMBDA = [
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
];

test('every allowed action of a role was used, and none was missing', async () => {
  const roles = await readRoles();
  expect(roles).toHaveLength(5);
  const used = new Set(aws.calls().map(({ role, action }) => `${role} ${action}`));
  for (const { RoleName, PolicyDocument } of roles) {
    const { Statement } = JSON.parse(PolicyDocument) as { Statement: { Action: string[] }[] };
    const allowed = Statement.flatMap(({ Action }) => Action);
    const unused = allowed.filter(
      (action) => ![...OF_LAMBDA, ...SELDOM].includes(action) && !used.has(`${RoleName} ${action}`),
    );
    expect([RoleName, unused]).toEqual([RoleName, []]);
  }
  const denied = aws
    .calls()
    .filter(({ isAllowed, action }) => !isAllowed && !forbidden.has(action));
  expect(denied).toEqual([]);
});

test('removing the stack without retaining leaves nothing', async () => {
  const s3 = s3At(aws.endpoint);
  for (const Key of await keys('')) {
    await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key }));
  }
  await osls(aws.endpoint, 'remove', '--stage', STAGE, '--param', 'retain=false');
  expect((await s3.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
  expect((await sqsAt(aws.endpoint).send(new ListQueuesCommand({}))).QueueUrls ?? []).toEqual([]);
  const { TableNames } = await dynamoDbAt(aws.endpoint).send(new ListTablesCommand({}));
  expect(TableNames).toEqual([]);
  expect((await secretsManager().send(new ListSecretsCommand({}))).SecretList).toEqual([]);
});
