import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { topics } from '../../lib/events/topics';

const ROOT = join(__dirname, '../..');

interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation, of which a test names what it needs
  readonly Properties: any;
}

const serverless = readFileSync(join(ROOT, 'serverless.yml'), 'utf8');
const workerTimeout = Number(/^ {2}workerTimeout: (\d+)$/m.exec(serverless)?.[1]);

let resources: Record<string, Resource>;
let output: string;

beforeAll(() => {
  output = mkdtempSync(join(tmpdir(), 'labelrelay-package-'));
  // No credentials and no home: packaging must need neither an account nor the network.
  const env = { PATH: process.env.PATH, HOME: output };
  execFileSync('node_modules/.bin/osls', ['package', '--stage', 'probe', '--package', output], {
    cwd: ROOT,
    env,
  });
  const template = readFileSync(join(output, 'cloudformation-template-update-stack.json'), 'utf8');
  resources = JSON.parse(template).Resources;
}, 60_000);

const camelCase = (name: string) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
const ofType = (type: string) =>
  Object.entries(resources).filter(([, resource]) => resource.Type === type);
const statements = (role: Resource['Properties']): { Action: string[]; Resource: object[] }[] =>
  role.Policies.flatMap(({ PolicyDocument }: Resource['Properties']) => PolicyDocument.Statement);
const byName = (name: string) =>
  ofType('AWS::SQS::Queue').find(([, { Properties }]) => Properties.QueueName === name);

describe.each(topics)('topic %s', (topic) => {
  const name = `labelrelay-probe-${topic.replace('.', '-')}`;
  const queue = () => byName(name)?.[1].Properties;

  test('has an encrypted queue of the full message size', () => {
    expect(queue()).toMatchObject({ SqsManagedSseEnabled: true, MaximumMessageSize: 1_048_576 });
  });

  test('has a dead-letter queue that keeps letters longest', () => {
    const [id, deadLetters] = byName(`${name}-dlq`) ?? [];
    expect(queue().RedrivePolicy).toEqual({
      deadLetterTargetArn: { 'Fn::GetAtt': [id, 'Arn'] },
      maxReceiveCount: 5,
    });
    expect(deadLetters?.Properties).toMatchObject({
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * 86_400,
    });
  });

  test("hides a message for six times the worker's timeout", () => {
    expect(queue().VisibilityTimeout).toBeGreaterThanOrEqual(6 * workerTimeout);
  });
});

test('every queue is closed to plain HTTP', () => {
  const closed = ofType('AWS::SQS::QueuePolicy').flatMap(([, { Properties }]) => {
    expect(Properties.PolicyDocument.Statement).toMatchObject([
      { Effect: 'Deny', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]);
    return Properties.Queues.map(({ Ref }: { Ref: string }) => Ref);
  });
  expect(closed.sort()).toEqual(
    ofType('AWS::SQS::Queue')
      .map(([id]) => id)
      .sort(),
  );
});

test('every function has a role of its own', () => {
  const roles = ofType('AWS::Lambda::Function').map(
    ([, { Properties }]) => Properties.Role['Fn::GetAtt'][0],
  );
  expect(roles.length).toBeGreaterThan(0);
  expect(new Set(roles).size).toBe(roles.length);
  expect(roles.sort()).toEqual(
    ofType('AWS::IAM::Role')
      .map(([id]) => id)
      .sort(),
  );
});

// A wildcard stands only behind the prefix of a bucket that is ours.
const isExact = (arn: { Ref?: string; 'Fn::Sub'?: string; 'Fn::GetAtt'?: string[] }): boolean =>
  /Secret$/.test(arn.Ref ?? '') ||
  /^\$\{\w+\.Arn\}\/[\w/]+\/\*$/.test(arn['Fn::Sub'] ?? '') ||
  arn['Fn::GetAtt']?.[1] === 'Arn';

test('a role names what it may do and on what, exactly', () => {
  for (const [, { Properties }] of ofType('AWS::IAM::Role')) {
    expect(Properties.ManagedPolicyArns).toBeUndefined();
    for (const { Action, Resource } of statements(Properties)) {
      expect(JSON.stringify(Action)).not.toContain('*');
      expect(Resource.filter((arn: object) => !isExact(arn))).toEqual([]);
    }
  }
});

test('the receiver may send to every queue and to no dead-letter queue', () => {
  const [, role] = ofType('AWS::IAM::Role').find(([id]) => id === 'ReceiveRole') ?? [];
  const send = statements(role?.Properties).find(({ Action }) => Action[0] === 'sqs:SendMessage');
  const ids = send?.Resource.map((arn: { 'Fn::GetAtt'?: string[] }) => arn['Fn::GetAtt']?.[0]);
  expect(ids?.sort()).toEqual(
    ofType('AWS::SQS::Queue')
      .filter(([, { Properties }]) => !Properties.QueueName.endsWith('-dlq'))
      .map(([id]) => id)
      .sort(),
  );
});

test('the receiver runs on Node 24, arm64, behind one route for everything', () => {
  const [, receive] =
    ofType('AWS::Lambda::Function').find(([id]) => id.startsWith('Receive')) ?? [];
  expect(receive?.Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
  expect(receive?.Properties.Timeout).toBeLessThan(30);
  const [, integration] = ofType('AWS::ApiGatewayV2::Integration')[0] ?? [];
  expect(integration?.Properties.PayloadFormatVersion).toBe('2.0');
  expect(
    ofType('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties.RouteKey),
  ).toEqual(['$default']);
});

test('no secret stands in the template, each source has a generated one', () => {
  const secrets = ofType('AWS::SecretsManager::Secret').map(([, { Properties }]) => Properties);
  expect(secrets.map(({ Name }) => Name)).toEqual([
    'labelrelay/probe/labelbox',
    'labelrelay/probe/label-studio',
  ]);
  for (const secret of secrets) {
    expect(secret.SecretString).toBeUndefined();
    expect(secret.GenerateSecretString).toBeDefined();
  }
});

test('the bucket is private, encrypted, and forgets data only after it cannot be asked for', () => {
  const [, bucket] = ofType('AWS::S3::Bucket').find(([id]) => id === 'DeliveriesBucket') ?? [];
  expect(bucket?.Properties.BucketEncryption).toBeDefined();
  expect(Object.values(bucket?.Properties.PublicAccessBlockConfiguration)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  const data = bucket?.Properties.LifecycleConfiguration.Rules.find(
    ({ Prefix }: { Prefix: string }) => Prefix === 'data/',
  );
  const longest = (type: 'queue' | 'dlq') =>
    Math.max(
      ...ofType('AWS::SQS::Queue')
        .filter(([, { Properties }]) => Properties.QueueName.endsWith('-dlq') === (type === 'dlq'))
        .map(([, { Properties }]) => Properties.MessageRetentionPeriod / 86_400),
    );
  expect(data.ExpirationInDays).toBeGreaterThan(longest('queue') + longest('dlq'));
});

test('what serverless.yml says reaches the function, and a wrong value stops the packaging', () => {
  const [, receive] =
    ofType('AWS::Lambda::Function').find(([id]) => id.startsWith('Receive')) ?? [];
  expect(receive?.Properties.Environment.Variables).toMatchObject({
    LABELRELAY_STAGE: 'probe',
    LABELRELAY_SOURCES: 'labelbox:labelbox,label-studio:label-studio',
    LABELRELAY_ROUTES: '{}',
    LABELRELAY_BUCKET: { Ref: 'DeliveriesBucket' },
  });
  const wrong = join(ROOT, 'serverless.wrong.yml');
  writeFileSync(wrong, serverless.replace('labelbox: labelbox', 'labelbox: labelbix'));
  const { status, stdout, stderr } = spawnSync(
    'node_modules/.bin/osls',
    ['package', '--config', 'serverless.wrong.yml'],
    { cwd: ROOT, encoding: 'utf8' },
  );
  rmSync(wrong);
  expect(status).not.toBe(0);
  expect(stdout + stderr).toContain('LABELRELAY_SOURCES, source 1: expected one of the platforms');
});

test.each(['receive', 'redeliver', 'project-labels'])(
  'the zip of %s holds its bundle and nothing else',
  (name) => {
    const files = execFileSync('python3', [
      '-m',
      'zipfile',
      '-l',
      join(output, `${camelCase(name)}.zip`),
    ])
      .toString()
      .split('\n')
      .slice(1)
      .map((line) => line.split(/\s/)[0] ?? '')
      .filter(Boolean);
    expect(files.sort()).toEqual([`dist/${name}/index.js`, `dist/${name}/index.js.map`]);
  },
);

describe('what is held', () => {
  const actionsOn = (roleId: string, prefix: string): string[] =>
    statements(resources[roleId]?.Properties)
      .filter(({ Resource }) => JSON.stringify(Resource).includes(`/${prefix}/`))
      .flatMap(({ Action }) => Action)
      .sort();

  test('only redelivery may read it, and no function may read what is not held', () => {
    for (const held of ['held/verified', 'held/unverified']) {
      expect(actionsOn('ReceiveRole', held)).toEqual(['s3:PutObject']);
      expect(actionsOn('RedeliverRole', held)).toEqual(['s3:DeleteObject', 's3:GetObject']);
    }
    for (const prefix of ['data', 'raw', 'undecodable', 'archive']) {
      expect(actionsOn('ReceiveRole', prefix)).toEqual(['s3:PutObject']);
      expect(actionsOn('RedeliverRole', prefix)).toEqual(['s3:PutObject']);
    }
    for (const prefix of ['held/parked', 'rejected']) {
      expect(actionsOn('ReceiveRole', prefix)).toEqual([]);
      expect(actionsOn('RedeliverRole', prefix)).toEqual(['s3:PutObject']);
    }
  });

  test('redelivery is called when something is held, and every minute', () => {
    const rules = ofType('AWS::Events::Rule').map(([, { Properties }]) => Properties);
    for (const { Targets } of rules) {
      expect(Targets[0].Arn).toEqual({ 'Fn::GetAtt': ['RedeliverLambdaFunction', 'Arn'] });
    }
    expect(rules.map(({ ScheduleExpression }) => ScheduleExpression)).toContain('rate(1 minute)');
    expect(rules.map(({ EventPattern }) => EventPattern)).toContainEqual({
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: {
        bucket: { name: [{ Ref: 'DeliveriesBucket' }] },
        object: { key: [{ prefix: 'held/verified/' }, { prefix: 'held/unverified/' }] },
      },
    });
    const bucket = resources.DeliveriesBucket?.Properties;
    expect(bucket.NotificationConfiguration).toEqual({
      EventBridgeConfiguration: { EventBridgeEnabled: true },
    });
  });

  test('it does not expire while it waits or is parked', () => {
    const prefixes = resources.DeliveriesBucket?.Properties.LifecycleConfiguration.Rules.map(
      ({ Prefix }: { Prefix: string }) => Prefix,
    );
    expect(prefixes).toEqual(['data/', 'raw/', 'rejected/']);
  });

  test('an alarm tells when it waits long, and when it is parked', () => {
    const alarms = ofType('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
    for (const MetricName of ['Parked', 'WaitingSeconds']) {
      expect(alarms).toContainEqual(
        expect.objectContaining({ Namespace: 'labelrelay/probe', MetricName }),
      );
    }
  });
});

describe('the example worker', () => {
  test('reads its own queue, tells of failed messages, and may write to its table', () => {
    const [, source] = ofType('AWS::Lambda::EventSourceMapping')[0] ?? [];
    expect(source?.Properties).toMatchObject({
      EventSourceArn: { 'Fn::GetAtt': ['ProjectDashlabelsQueue', 'Arn'] },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    const actions = statements(resources.ProjectLabelsRole?.Properties).flatMap(
      ({ Action }) => Action,
    );
    expect(actions.filter((action) => action.startsWith('dynamodb:')).sort()).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ]);
    const [, table] = ofType('AWS::DynamoDB::Table')[0] ?? [];
    expect(table?.Properties).toMatchObject({
      TableName: 'labelrelay-probe-labels',
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    });
  });

  test('is not there when it is switched off', () => {
    const off = join(ROOT, 'serverless.off.yml');
    writeFileSync(off, serverless.replace('exampleWorker: true', 'exampleWorker: false'));
    const folder = join(output, 'off');
    execFileSync(
      'node_modules/.bin/osls',
      ['package', '--config', 'serverless.off.yml', '--package', folder],
      { cwd: ROOT },
    );
    rmSync(off);
    const template = readFileSync(
      join(folder, 'cloudformation-template-update-stack.json'),
      'utf8',
    );
    expect(template).not.toMatch(/project-?labels/i);
    expect(template).not.toContain('AWS::DynamoDB');
  });
});
