import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { OF_THE_FUNCTIONS } from '../../lib/config/read-serve-config';
import { topics } from '../../lib/events/topics';
import { platforms } from '../../lib/platforms/platforms';
import {
  packageChanged,
  packageService,
  TEMPLATE,
  withEverything,
} from '../support/package-service';

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
  output = packageService();
  const template = readFileSync(join(output, TEMPLATE), 'utf8');
  resources = JSON.parse(template).Resources;
});

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
/** Actions for which IAM knows no resource. */
const WITHOUT_RESOURCE = ['cloudwatch:GetMetricData'];

/** Only to look at the depth of queues: a list of all would exceed the size of a role. */
const isQueueOfStage = (arn: { 'Fn::Sub'?: string }): boolean =>
  /^arn:[^*]+:labelrelay-probe-\*$/.test(arn['Fn::Sub'] ?? '');

const isExact = (arn: { Ref?: string; 'Fn::Sub'?: string; 'Fn::GetAtt'?: string[] }): boolean =>
  /Secret$/.test(arn.Ref ?? '') ||
  /^\$\{\w+\.Arn\}\/[\w/]+\/\*$/.test(arn['Fn::Sub'] ?? '') ||
  isQueueOfStage(arn) ||
  arn['Fn::GetAtt']?.[1] === 'Arn';

test('a role names what it may do and on what, exactly', () => {
  for (const [, { Properties }] of ofType('AWS::IAM::Role')) {
    expect(Properties.ManagedPolicyArns).toBeUndefined();
    for (const { Action, Resource } of statements(Properties)) {
      expect(JSON.stringify(Action)).not.toContain('*');
      if (Action.every((action: string) => WITHOUT_RESOURCE.includes(action))) {
        expect(Resource).toEqual(['*']);
      } else expect(Resource.filter((arn: object) => !isExact(arn))).toEqual([]);
      if (Resource.some(isQueueOfStage)) expect(Action).toEqual(['sqs:GetQueueAttributes']);
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

test('settings of serverless.yml reach the function, and a wrong value stops the packaging', () => {
  const [, receive] =
    ofType('AWS::Lambda::Function').find(([id]) => id.startsWith('Receive')) ?? [];
  expect(receive?.Properties.Environment.Variables).toMatchObject({
    LABELRELAY_STAGE: 'probe',
    LABELRELAY_SOURCES: 'labelbox:labelbox,label-studio:label-studio',
    LABELRELAY_ROUTES: '{}',
    LABELRELAY_BUCKET: { Ref: 'DeliveriesBucket' },
  });
  // A server beside it looks for the same, but for what is its own, or useless to it.
  const { NODE_OPTIONS, ...told } = receive?.Properties.Environment.Variables ?? {};
  expect(NODE_OPTIONS).toBeDefined();
  expect(Object.keys(told).sort()).toEqual(
    [
      ...OF_THE_FUNCTIONS,
      'LABELRELAY_LABEL_STORE_TABLE',
      'LABELRELAY_MILESTONES_TABLE',
      'LABELRELAY_MAX_BODY_BYTES',
      'LABELRELAY_QUEUE_URL_BASE',
    ].sort(),
  );
});

test('only the function that redelivers has a limit for whole reads', () => {
  const said = /^ {2}wholeBytes: (\d+)$/m.exec(serverless)?.[1];
  expect(said).toBe('33554432');
  const told = ofType('AWS::Lambda::Function').map(([id, { Properties }]) => [
    id,
    Properties.Environment.Variables.LABELRELAY_WHOLE_BYTES,
  ]);
  expect(told.filter(([, bytes]) => bytes !== undefined)).toEqual([
    ['RedeliverLambdaFunction', said],
  ]);
});

/** Wrong settings by the line that they take the place of, each with the words that name it. */
const WRONG: readonly (readonly (readonly [right: string, wrong: string, message: string])[])[] = [
  [
    [
      'labelbox: labelbox',
      'labelbox: labelbix',
      `custom.sources.labelbox: expected one of the platforms ${Object.keys(platforms).join(', ')}, got "labelbix"`,
    ],
    [
      'wholeBytes: 33554432',
      'wholeBytes: much',
      'custom.wholeBytes: expected a number, got "much"',
    ],
    [
      'maxBodyBytes: 4194304',
      'maxBodyBytes: 9000000',
      'custom.maxBodyBytes: expected a whole number from 1 to 4700000, got 9000000',
    ],
    ['logDays: 30', 'logDays: 31', ', got 31'],
    [
      'silenceHours: {}',
      'silenceHours: often',
      'custom.silenceHours: expected hours, or a table of sources and hours, got "often"',
    ],
    [
      'labelStore: true',
      'labelStore: perhaps',
      'custom.labelStore: expected true or false, got "perhaps"',
    ],
    [
      '# alarmEmail: oncall@example.com',
      'alarmEmail: nobody',
      'custom.alarmEmail: expected an e-mail address, got "nobody"',
    ],
    ['alarms: grouped', 'alarms: none', 'custom.alarms: expected grouped or all, got "none"'],
    ['workerConcurrency: 5', 'workerConcurrency: 1', 'a whole number from 2 to 1000, got 1'],
    [
      'reconcile: false',
      'reconcile: { sources: { labelbox: false } }',
      'custom.reconcile: expected false, or {sources: {<source>: true or the URL of its platform}}',
    ],
    [
      '# throttle: { rate: 1000, burst: 2000 }',
      'throttle: { rate: 0 }',
      'custom.throttle.rate: expected a whole number from 1 to 1000000, got 0\ncustom.throttle.burst: expected',
    ],
    // The functions check these themselves.
    [
      'claimCheckBytes: 262144',
      'claimCheckBytes: 12',
      'custom.claimCheckBytes: expected a whole number from 4096 to 1048576, got "12"',
    ],
    [
      'routes: {}',
      'routes: { label.made: [audit] }',
      'custom.routes: expected a topic, got "label.made"',
    ],
    [
      'allowLists: {}',
      // Its platform is wrong, but it is there.
      'allowLists: { labelbox: [here], other: [192.0.2.0/24] }',
      'custom.allowLists: expected the name of a source, got "other"',
    ],
    [
      'milestones: []',
      'milestones: [{ name: A, on: [task.completed], by: all, quiet: 1m }]',
      'custom.milestones, rule 1, name: expected a name of 1 to 32 of a-z, 0-9 and hyphens, got "A"\ncustom.milestones, rule 1, by: expected project or source, got "all"',
    ],
    ['completion: true', 'completion: 1', 'custom.completion: expected true or false, got 1'],
  ],
  [
    [
      'reconcile: false',
      'reconcile: { sources: { other: true } }',
      'custom.reconcile.sources: expected a source, got other',
    ],
    [
      'labelStore: true',
      'labelStore: false',
      'custom.reconcile: expected labelStore: true beside it, got false',
    ],
    ['logDays: 30', 'logDay: 30', 'custom.archiveDay, logDay: expected only sources, '],
    ['archiveDays:', 'archiveDay:', 'custom.archiveDays: expected a whole number from 0 to '],
    [
      'wholeBytes: 33554432',
      'wholeBytes: 1073741825',
      'custom.wholeBytes: expected a whole number from 0 to 1073741824, got "1073741825"',
    ],
  ],
  // The limits of what is deployed, which is known when the settings are right.
  [
    [
      'routes: {}',
      // Ten queues are there: 48 have 4 outputs each, the two sources 3, and five are of the stack.
      `routes: { label.created: [${Array.from({ length: 39 }, (_, n) => `audit-${n}`)}] }`,
      'expected at most 200 outputs of the stack, as CloudFormation allows, got 2',
    ],
    [
      'allowLists: {}',
      `allowLists: { labelbox: [${Array.from({ length: 250 }, (_, n) => `"203.0.113.${n}/32"`)}] }`,
      'expected an environment of labelrelay-dev-receive of at most 4096 bytes as JSON',
    ],
    [
      '# domain:',
      'domain: { name: hooks.example.com, certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/1-2" }',
      'custom.domain.certificateArn: expected a certificate in us-east-1, the region of the deployment, got one in eu-west-1',
    ],
  ],
];

describe.each(WRONG.map((settings) => [settings]))('wrong settings', (settings) => {
  let attempt: ReturnType<typeof packageChanged>;
  beforeAll(() => {
    attempt = packageChanged('wrong', (serverless) =>
      settings.reduce((text, [right, wrong]) => {
        expect(text).toContain(right);
        return text.replace(right, wrong);
      }, serverless),
    );
  });

  test('stop the packaging, and no stack is printed', () => {
    expect(attempt.status).not.toBe(0);
    expect(attempt.printed).not.toMatch(/^ +at /m);
  });

  test.each(settings.map(([, wrong, message]) => [wrong.slice(0, 60), message]))(
    '%s is named once',
    (_, message) => expect(attempt.printed.split(message)).toHaveLength(2),
  );
});

/** The template with the parts that are off by default. */
let more: ReturnType<typeof packageMore> | undefined;
// Parameters of the command line are text.
const packageMore = () =>
  packaged('more', (serverless) =>
    withEverything(serverless)
      .replace('tap: true', 'tap: "true"')
      .replace('archiveDays: 7', 'archiveDays: "7"'),
  );

function packaged(name: string, change: (serverless: string) => string) {
  const { status, folder } = packageChanged(name, change);
  expect(status).toBe(0);
  return JSON.parse(readFileSync(join(folder, TEMPLATE), 'utf8'));
}

test('parts that are off by default can be switched on', () => {
  more ??= packageMore();
  const { Resources, Outputs } = more;
  expect(Resources.AlarmEmail.Properties).toMatchObject({
    Protocol: 'email',
    Endpoint: 'oncall@example.com',
  });
  expect(Resources.HttpApiStage.Properties.DefaultRouteSettings).toEqual({
    DetailedMetricsEnabled: false,
    ThrottlingRateLimit: 1000,
    ThrottlingBurstLimit: 2000,
  });
  expect(Resources.DomainMapping.Properties).toMatchObject({ Stage: { Ref: 'HttpApiStage' } });
  expect(Outputs.WebhookUrlLabelbox.Value).toEqual({
    'Fn::Join': ['', ['https://hooks.example.com', '/webhooks/labelbox']],
  });
});

test('the tap is a queue of every topic, without alarms', () => {
  more ??= packageMore();
  const { Resources, Outputs } = more;
  expect(Resources.TapQueue.Properties).toMatchObject({
    MessageRetentionPeriod: 300,
    SqsManagedSseEnabled: true,
  });
  expect(JSON.stringify(Resources)).toContain('"ExpirationInDays":7');
  expect(Resources.TapQueuePolicy.Properties.Queues).toEqual([{ Ref: 'TapQueue' }]);
  expect(Outputs.QueueUrlTap.Value).toEqual({ Ref: 'TapQueue' });
  expect(JSON.stringify(Resources.ReceiveRole)).toContain('TapQueue');
  // Beside that, it is in no dead-letter queue, alarm or dashboard.
  const ids = Object.keys({ ...Resources, ...Outputs }).filter((id) => id.includes('Tap'));
  expect(ids.sort()).toEqual(['QueueArnTap', 'QueueUrlTap', 'TapQueue', 'TapQueuePolicy']);
  expect(JSON.stringify(Resources.Dashboard)).not.toContain('-tap');
});

/** The template with very many queues, and with reconciliation. */
let wide: ReturnType<typeof packageMore> | undefined;
const packageWide = () =>
  packaged('wide', (serverless) =>
    serverless
      .replace(
        'routes: {}',
        `routes: { label.created: [${Array.from({ length: 25 }, (_, n) => `audit-${n}`)}] }`,
      )
      .replace(
        'reconcile: false',
        'reconcile: { sources: { label-studio: "https://app.example.com" }, everyMinutes: 30, ensureWebhooks: true }',
      ),
  );

test('reconciliation has a schedule for each source, the keys of these alone, and alarms', () => {
  wide ??= packageWide();
  const { Resources } = wide;
  const find = (type: string) =>
    Object.values<Resource>(Resources).filter(({ Type }) => Type === type);
  const schedules = find('AWS::Events::Rule').map(({ Properties }) => Properties);
  expect(schedules).toContainEqual(
    expect.objectContaining({
      ScheduleExpression: 'rate(30 minutes)',
      Targets: [expect.objectContaining({ Input: '{"source":"label-studio"}' })],
    }),
  );
  const role = statements(Resources.ReconcileRole.Properties);
  const [secrets, ...others] = role.filter(({ Action }) => /^secretsmanager/.test(Action.join()));
  expect(others).toEqual([]);
  expect(JSON.stringify(secrets)).toContain('labelrelay/dev/api-keys/label-studio-??????');
  expect(JSON.stringify(secrets)).not.toContain('labelbox');
  // The secret of a webhook that it makes, and the address.
  expect(JSON.stringify(secrets)).toContain('secret:labelrelay/dev/label-studio-??????');
  const { Variables } = Resources.ReconcileLambdaFunction.Properties.Environment;
  expect(JSON.stringify(Variables.LABELRELAY_RECONCILE_WEBHOOKS_URL)).toMatch(
    /"https:\/\/\$\{HttpApi\}\.execute-api\./,
  );
  const alarms = find('AWS::CloudWatch::Alarm').map(({ Properties }) => Properties.AlarmName);
  expect(alarms).toEqual(
    expect.arrayContaining(
      ['recovered', 'reconcile-late', 'deletions-withheld'].map((name) => `labelrelay-dev-${name}`),
    ),
  );
  expect(Resources.ReconcileErrorsFilter.Properties.LogGroupName).toEqual({
    Ref: 'ReconcileLogGroup',
  });
  // It works until a minute before its timeout, which is no reason for an alarm.
  expect(Resources.ReconcileSlowFilter).toBeUndefined();
  // It is off by default.
  expect(Object.keys(resources).join()).not.toMatch(/Reconcile/);
});

test('rejections by API Gateway itself are counted and have an alarm, and the pages agree', () => {
  const [[, filter] = []] = ofType('AWS::Logs::MetricFilter');
  const { FilterPattern, LogGroupName, MetricTransformations } = filter?.Properties ?? {};
  expect(LogGroupName).toEqual({ Ref: 'HttpApiLogGroup' });
  const page = readFileSync(join(ROOT, 'docs/runbook/gateway-refused.md'), 'utf8');
  expect(page).toContain(`--filter-pattern '${FilterPattern}'`);
  const [{ MetricNamespace, MetricName }] = MetricTransformations;
  expect(ofType('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties)).toContainEqual(
    expect.objectContaining({
      Namespace: MetricNamespace,
      MetricName,
      AlarmDescription: expect.stringContaining('docs/runbook/gateway-refused.md'),
    }),
  );
});

describe('monitoring', () => {
  const alarms = () => ofType('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);

  /** The alarms of a deployment with `alarms: all`. */
  const alarmsOfEach = (): Resource['Properties'][] => {
    each ??= packageAll();
    return Object.values<Resource>(each)
      .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
      .map(({ Properties }) => Properties);
  };
  let each: Record<string, Resource> | undefined;
  const packageAll = (): Record<string, Resource> =>
    packaged('all', (serverless) => serverless.replace('alarms: grouped', 'alarms: all')).Resources;
  const pagesOf = ({ AlarmDescription }: Resource['Properties']): string[] =>
    AlarmDescription.match(/docs\/runbook\/[\w-]+\.md/g) ?? [];

  test('each alarm notifies the topic, and has a page in the runbook', () => {
    for (const alarm of [...alarms(), ...alarmsOfEach()]) {
      const { AlarmActions, OKActions } = alarm;
      expect([AlarmActions, OKActions]).toEqual([[{ Ref: 'AlarmTopic' }], [{ Ref: 'AlarmTopic' }]]);
      expect(pagesOf(alarm).length).toBeGreaterThan(0);
      for (const page of pagesOf(alarm)) {
        expect(readFileSync(join(ROOT, page), 'utf8')).toMatch(/^# /);
      }
    }
  });

  test('each page of the runbook has an alarm, with few alarms and with one for each thing', () => {
    more ??= packageMore();
    // A leak is found by a person.
    const pages = readdirSync(join(ROOT, 'docs/runbook')).filter(
      (page) => page !== 'secret-leaked.md',
    );
    const everything = Object.values<Resource>(more.Resources)
      .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
      .map(({ Properties }) => Properties);
    const named = new Set(everything.flatMap(pagesOf));
    expect(pages.filter((page) => !named.has(`docs/runbook/${page}`))).toEqual([]);
    const ofEach = new Set(alarmsOfEach().flatMap(pagesOf));
    expect([...new Set(alarms().flatMap(pagesOf))].filter((page) => !ofEach.has(page))).toEqual([]);
  });

  test('one alarm watches the dead letters of all queues, and one their oldest message', () => {
    for (const [MetricName, Threshold] of [
      ['DeadLetters', 0],
      ['OldestMessageSeconds', 3_600],
    ]) {
      expect(alarms()).toContainEqual(
        expect.objectContaining({
          Namespace: 'labelrelay/probe',
          MetricName,
          Dimensions: [],
          Threshold,
          Statistic: 'Maximum',
          // Two looks of five minutes each are in a period.
          Period: 600,
        }),
      );
    }
    expect(statements(resources.RedeliverRole?.Properties).flatMap(({ Action }) => Action)).toEqual(
      expect.arrayContaining(['sqs:GetQueueAttributes', 'cloudwatch:GetMetricData']),
    );
  });

  test('the function that writes these metrics has an alarm if it does not run', () => {
    expect(alarms()).toContainEqual(
      expect.objectContaining({
        Namespace: 'AWS/Lambda',
        MetricName: 'Invocations',
        Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'RedeliverLambdaFunction' } }],
        ComparisonOperator: 'LessThanThreshold',
        Threshold: 1,
        TreatMissingData: 'breaching',
      }),
    );
  });

  test('errors and slow calls of each function are counted from its log', () => {
    const page = readFileSync(join(ROOT, 'docs/runbook/function-errors.md'), 'utf8');
    more ??= packageMore();
    const groups = Object.values<Resource>(more.Resources)
      .filter(({ Type }) => Type === 'AWS::Logs::LogGroup')
      .flatMap(
        ({ Properties }) =>
          /^\/aws\/lambda\/labelrelay-[a-z]+-(.*)$/.exec(Properties.LogGroupName)?.slice(1) ?? [],
      );
    expect(/for NAME in (.*); do/.exec(page)?.[1]?.split(' ').sort()).toEqual(groups.sort());
    const filters = ofType('AWS::Logs::MetricFilter').map(([, { Properties }]) => Properties);
    for (const [id, { Properties }] of ofType('AWS::Lambda::Function')) {
      const Ref = id.replace('LambdaFunction', 'LogGroup');
      expect(resources[Ref]?.Type).toBe('AWS::Logs::LogGroup');
      const own = filters.filter(({ LogGroupName }) => LogGroupName.Ref === Ref);
      const [errors, slow] = own.map(({ FilterPattern }) => FilterPattern);
      expect(page).toContain(`--filter-pattern '${errors}'`);
      // As Lambda writes it: REPORT RequestId: 8fc6f963 Duration: 201.67 ms Billed Duration: 202 ms
      expect(slow).toBe(
        `[type="REPORT", id_name, id, name="Duration:", milliseconds>${0.8 * 1_000 * Properties.Timeout}, ...]`,
      );
      for (const { MetricTransformations } of own) {
        expect(MetricTransformations).toEqual([
          {
            MetricNamespace: 'labelrelay/probe',
            MetricName: 'FunctionErrors',
            MetricValue: '1',
          },
        ]);
      }
    }
    expect(alarms()).toContainEqual(
      expect.objectContaining({ Namespace: 'labelrelay/probe', MetricName: 'FunctionErrors' }),
    );
  });

  test('with alarms: all, each queue has an alarm on its age and one on its dead letters', () => {
    const watched = alarmsOfEach().map(({ MetricName, Dimensions }) => [
      MetricName,
      Dimensions.find(({ Name }: { Name: string }) => Name === 'QueueName')?.Value,
    ]);
    const queues = Object.values(each ?? {}).filter(({ Type }) => Type === 'AWS::SQS::Queue');
    expect(queues).toHaveLength(ofType('AWS::SQS::Queue').length);
    for (const { Properties } of queues) {
      const isDeadLetters = Properties.QueueName.endsWith('-dlq');
      expect(watched).toContainEqual([
        isDeadLetters ? 'ApproximateNumberOfMessagesVisible' : 'ApproximateAgeOfOldestMessage',
        Properties.QueueName,
      ]);
    }
  });

  test('with alarms: all, each function has alarms on errors, throttles and its slowest calls', () => {
    for (const [id, { Properties }] of ofType('AWS::Lambda::Function')) {
      const its = alarmsOfEach().filter(({ Dimensions }) => Dimensions[0]?.Value.Ref === id);
      expect(its.map(({ MetricName }) => MetricName)).toEqual(
        expect.arrayContaining(['Duration', 'Errors', 'Throttles']),
      );
      const slow = its.find(({ MetricName }) => MetricName === 'Duration');
      expect(slow).toMatchObject({
        ExtendedStatistic: 'p99',
        Threshold: 0.8 * 1_000 * Properties.Timeout,
      });
    }
  });

  test('with alarms: all, lines of any function about another version are counted', () => {
    const [metric] = alarmsOfEach().filter(({ AlarmName }) =>
      AlarmName.endsWith('-function-errors-unknown-version'),
    );
    const filters = Object.values(each ?? {})
      .filter(({ Type }) => Type === 'AWS::Logs::MetricFilter')
      .map(({ Properties }) => Properties)
      .filter(({ FilterPattern }) => FilterPattern === '"unknown-version"');
    expect(filters.map(({ LogGroupName }) => LogGroupName.Ref).sort()).toEqual(
      ofType('AWS::Lambda::Function')
        .map(([id]) => id.replace('LambdaFunction', 'LogGroup'))
        .sort(),
    );
    for (const { MetricTransformations } of filters) {
      const [{ MetricNamespace, MetricName }] = MetricTransformations;
      expect([MetricNamespace, MetricName]).toEqual([metric?.Namespace, metric?.MetricName]);
    }
  });

  test('the page says what alarms: all costs', () => {
    const number = alarmsOfEach().length;
    const body = each?.Dashboard?.Properties.DashboardBody['Fn::Sub'];
    const metrics = JSON.parse(body).widgets.flatMap(
      ({ properties }: { properties: { metrics?: object[] } }) => properties.metrics ?? [],
    );
    const page = readFileSync(join(ROOT, 'docs/deploy.md'), 'utf8');
    expect(page).toContain(
      `there are ${number} alarms, which cost $${(number / 10).toFixed(2)}, and a dashboard of ${metrics.length} metrics`,
    );
  });

  test('with alarms: all, each source has an alarm if it stops sending', () => {
    const silent = alarmsOfEach().filter(({ MetricName }) => MetricName === 'Silent');
    expect(silent.map(({ Dimensions }) => Dimensions)).toEqual(
      ['labelbox', 'label-studio'].map((Value) => [{ Name: 'source', Value }]),
    );
  });

  test('with very many queues, the dashboard still has no more metrics than are free', () => {
    wide ??= packageWide();
    const { Resources } = wide;
    const { widgets } = JSON.parse(Resources.Dashboard.Properties.DashboardBody['Fn::Sub']);
    const lines = widgets.flatMap(
      ({ properties }: { properties: { metrics?: object[] } }) => properties.metrics ?? [],
    );
    expect(lines).toHaveLength(50);
  });

  test('the dashboard shows the flow from left to right', () => {
    const [[, dashboard] = [], ...others] = ofType('AWS::CloudWatch::Dashboard');
    expect(others).toEqual([]);
    const { widgets } = JSON.parse(dashboard?.Properties.DashboardBody['Fn::Sub']);
    const headings = widgets
      .filter(({ type }: { type: string }) => type === 'text')
      .sort((one: { x: number }, other: { x: number }) => one.x - other.x);
    expect(
      headings.map(({ properties }: { properties: { markdown: string } }) => properties.markdown),
    ).toEqual(['## 1. API Gateway', '## 2. Receive', '## 3. Queues', '## 4. Workers']);
  });
});

test('only resources with data are retained when the stack is removed', () => {
  const kept = Object.values(resources)
    .filter((resource) => 'DeletionPolicy' in resource)
    .map((resource) => {
      // Resources that a failed deployment created are deleted, to free their names for the next try.
      expect(resource).toMatchObject({
        DeletionPolicy: 'RetainExceptOnCreate',
        UpdateReplacePolicy: 'Retain',
      });
      return resource.Type;
    });
  expect(new Set(kept)).toEqual(
    new Set([
      'AWS::SQS::Queue',
      'AWS::S3::Bucket',
      'AWS::DynamoDB::Table',
      'AWS::SecretsManager::Secret',
    ]),
  );
  expect(kept).toHaveLength(
    ofType('AWS::SQS::Queue').length + ofType('AWS::SecretsManager::Secret').length + 3,
  );
});

test.each(['receive', 'redeliver', 'silence', 'label-store'])(
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
    expect(files.sort()).toEqual(
      readdirSync(join(ROOT, 'dist', name))
        // Source maps would delay the start, for which a sender waits.
        .filter((file) => name !== 'receive' || !file.endsWith('.map'))
        .map((file) => `dist/${name}/${file}`)
        .sort(),
    );
    expect(files).toContain(`dist/${name}/index.js`);
  },
);

describe('held deliveries', () => {
  const actionsOn = (roleId: string, prefix: string): string[] =>
    statements(resources[roleId]?.Properties)
      .filter(({ Resource }) => JSON.stringify(Resource).includes(`/${prefix}/`))
      .flatMap(({ Action }) => Action)
      .sort();

  test('only redelivery may read them, and no function may read other objects', () => {
    for (const held of ['held/verified', 'held/unverified']) {
      expect(actionsOn('ReceiveRole', held)).toEqual(['s3:PutObject']);
      expect(actionsOn('RedeliverRole', held)).toEqual(['s3:DeleteObject', 's3:GetObject']);
    }
    // Bodies that no function is sent, so that only a server puts them there.
    expect(actionsOn('ReceiveRole', 'held/large')).toEqual([]);
    expect(actionsOn('RedeliverRole', 'held/large')).toEqual([
      's3:AbortMultipartUpload',
      's3:DeleteObject',
      's3:GetObject',
    ]);
    for (const prefix of ['data', 'raw', 'undecodable']) {
      expect(actionsOn('ReceiveRole', prefix)).toEqual(['s3:PutObject']);
      expect(actionsOn('RedeliverRole', prefix)).toEqual([
        's3:AbortMultipartUpload',
        's3:PutObject',
      ]);
    }
    for (const prefix of ['held/parked', 'rejected']) {
      expect(actionsOn('ReceiveRole', prefix)).toEqual([]);
      expect(actionsOn('RedeliverRole', prefix)).toEqual(['s3:PutObject']);
    }
    expect(actionsOn('ReceiveRole', 'progress')).toEqual([]);
    expect(actionsOn('RedeliverRole', 'progress')).toEqual([
      's3:DeleteObject',
      's3:GetObject',
      's3:PutObject',
    ]);
  });

  test('redelivery is called when something is held, and every minute', () => {
    const arn = { 'Fn::GetAtt': ['RedeliverLambdaFunction', 'Arn'] };
    const rules = ofType('AWS::Events::Rule')
      .map(([, { Properties }]) => Properties)
      .filter(({ Targets }) => isDeepStrictEqual(Targets[0].Arn, arn));
    expect(rules).toHaveLength(2);
    expect(rules.map(({ ScheduleExpression }) => ScheduleExpression)).toContain('rate(1 minute)');
    expect(rules.map(({ EventPattern }) => EventPattern)).toContainEqual({
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: {
        bucket: { name: [{ Ref: 'DeliveriesBucket' }] },
        object: { key: [{ wildcard: 'held/verified/*.next' }, { wildcard: 'held/large/*.next' }] },
      },
    });
    const bucket = resources.DeliveriesBucket?.Properties;
    expect(bucket.NotificationConfiguration).toEqual({
      EventBridgeConfiguration: { EventBridgeEnabled: true },
    });
  });

  test('they do not expire while they wait or are parked', () => {
    const { Rules } = resources.DeliveriesBucket?.Properties.LifecycleConfiguration ?? {};
    const expiring = Rules.filter((rule: object) => 'ExpirationInDays' in rule);
    expect(expiring.map(({ Prefix }: { Prefix: string }) => Prefix)).toEqual([
      'data/',
      'raw/',
      'rejected/',
      'progress/',
      'archive/',
    ]);
    // Where none is kept any more, what was kept goes too.
    expect(expiring.at(-1)).toMatchObject({ ExpirationInDays: 30, Status: 'Enabled' });
  });

  test('uploads that nobody finished go away by themselves', () => {
    const { Rules } = resources.DeliveriesBucket?.Properties.LifecycleConfiguration ?? {};
    expect(Rules).toContainEqual(
      expect.objectContaining({
        Prefix: '',
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 },
      }),
    );
  });

  test('the role of a server, if switched on, has the permissions of both functions', () => {
    expect(resources.ServerRole).toBeUndefined();
    more ??= packageMore();
    const { Resources, Outputs } = more;
    const { AssumeRolePolicyDocument } = Resources.ServerRole.Properties;
    expect(AssumeRolePolicyDocument.Statement[0].Principal.Service).toEqual([
      'ecs-tasks.amazonaws.com',
      'ec2.amazonaws.com',
    ]);
    const granted = (properties: Resource['Properties']) =>
      statements(properties).flatMap(({ Action, Resource }) =>
        Action.flatMap((action) => Resource.map((arn) => `${action} ${JSON.stringify(arn)}`)),
      );
    const its = granted(Resources.ServerRole.Properties);
    for (const role of ['ReceiveRole', 'RedeliverRole']) {
      // The function redeliver alone looks at queues.
      const theirs = granted(resources[role]?.Properties).filter(
        (one) => !/^logs:|^cloudwatch:|^sqs:GetQueueAttributes/.test(one),
      );
      expect(its).toEqual(expect.arrayContaining(theirs));
    }
    expect(Outputs.ServerRoleArn).toBeDefined();
  });

  test('alarms go off for deliveries that wait long or are parked', () => {
    const alarms = ofType('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);
    for (const MetricName of ['Parked', 'WaitingSeconds']) {
      expect(alarms).toContainEqual(
        expect.objectContaining({ Namespace: 'labelrelay/probe', MetricName }),
      );
    }
  });
});

describe('the label store', () => {
  test('reads its own queue, tells of failed messages, and may write to its table', () => {
    const [, source] = ofType('AWS::Lambda::EventSourceMapping')[0] ?? [];
    expect(source?.Properties).toMatchObject({
      EventSourceArn: { 'Fn::GetAtt': ['LabelDashstoreQueue', 'Arn'] },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      // Leaves some of the 10 concurrent executions of a new account to receive.
      ScalingConfig: { MaximumConcurrency: 5 },
    });
    const actions = statements(resources.LabelStoreRole?.Properties).flatMap(
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
      TableName: 'labelrelay-probe-label-store',
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    });
  });

  test('is absent if it is switched off', () => {
    const template = JSON.stringify(
      packaged('off', (serverless) =>
        serverless.replace(/^ {2}(labelStore|completion): true$/gm, '  $1: false'),
      ),
    );
    expect(template).not.toMatch(/project-?labels/i);
    expect(template).not.toContain('AWS::DynamoDB');
    expect(template).not.toContain('MilestonesQueue');
  });
});

describe('milestones', () => {
  test('the worker may publish its events, and nothing else', () => {
    const its = statements(resources.MilestonesRole?.Properties);
    const sends = its.filter(
      ({ Action }) => Action.length === 1 && Action[0] === 'sqs:SendMessage',
    );
    expect(sends.flatMap(({ Resource }) => Resource)).toEqual(
      [
        'MilestonesDeadLetterQueue',
        'TaskDashcompletedQueue',
        'ProjectDashcompletedQueue',
        'MilestoneDashreachedQueue',
      ].map((id) => ({ 'Fn::GetAtt': [id, 'Arn'] })),
    );
    expect(resources.MilestonesTable?.Properties).toMatchObject({
      TableName: 'labelrelay-probe-milestones',
    });
    expect(resources.MilestonesLambdaFunction?.Properties).toMatchObject({
      FunctionName: 'labelrelay-probe-milestones',
      Timeout: 30,
    });
  });
});
