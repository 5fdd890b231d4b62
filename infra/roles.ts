import { queueName, queuesOf } from '../lib/events/queues';
import { HELD, PREFIX } from '../lib/receive/stored/object-keys';
import { queueId } from './queues';
import { secretId } from './secrets';
import { logicalName, type Resources, type Settings } from './settings';
import { BUCKET_ID } from './storage';

export interface Statement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly (object | '*')[];
}

/** A role for each function with the least permissions, and a role for servers. */
export const roleResources = (settings: Settings): Resources => ({
  ReceiveRole: role('receive', [
    ...pipeline(settings),
    allow(['s3:PutObject'], objects(PREFIX.verified, PREFIX.unverified)),
  ]),
  RedeliverRole: role('redeliver', [...pipeline(settings), ...redelivery(), ...watching(settings)]),
  SilenceRole: role('silence', [allow(['cloudwatch:GetMetricData'], ANYTHING)]),
  ...(settings.server && {
    ServerRole: serviceRole('server', SERVERS, [
      ...pipeline(settings),
      allow(['s3:PutObject'], objects(...HELD)),
      ...redelivery(),
    ]),
  }),
});

/** The resource of an action for which IAM knows no smaller one. */
const ANYTHING: Statement['Resource'] = ['*'];

/** The services that may assume the role of a server. */
const SERVERS = ['ecs-tasks.amazonaws.com', 'ec2.amazonaws.com'];

/** The permissions to turn deliveries into events. */
function pipeline({ config, archiveDays }: Settings): Statement[] {
  return [
    allow(
      ['sqs:SendMessage'],
      queuesOf(config.routes).map((queue) => arn(queueId(queue))),
    ),
    // `Ref` of a secret is its ARN.
    allow(
      ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
      [...config.sources.keys()].map((source) => ({ Ref: secretId(source) })),
    ),
    allow(['s3:PutObject'], objects(PREFIX.data, PREFIX.raw, PREFIX.undecodable)),
    ...(archiveDays > 0 ? [allow(['s3:PutObject'], objects(PREFIX.archive))] : []),
  ];
}

const redelivery = (): Statement[] => [
  allow(['s3:GetObject', 's3:DeleteObject'], objects(...HELD, PREFIX.progress)),
  allow(['s3:PutObject'], objects(PREFIX.parked, PREFIX.rejected, PREFIX.progress)),
  // Large objects are uploaded in parts.
  allow(
    ['s3:AbortMultipartUpload'],
    objects(PREFIX.large, PREFIX.data, PREFIX.raw, PREFIX.undecodable, PREFIX.archive),
  ),
  allow(['s3:ListBucket', 's3:ListBucketMultipartUploads'], [arn(BUCKET_ID)]),
];

/** The permissions to look at queues. A list of all of them would be too long for a role. */
const watching = ({ config }: Settings): Statement[] => [
  allow(
    ['sqs:GetQueueAttributes'],
    [
      {
        'Fn::Sub': `arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:${queueName(config.stage, '*')}`,
      },
    ],
  ),
  allow(['cloudwatch:GetMetricData'], ANYTHING),
];

export const objects = (...prefixes: string[]): object[] =>
  prefixes.map((prefix) => ({ 'Fn::Sub': `\${${BUCKET_ID}.Arn}/${prefix}/*` }));

export const role = (name: string, statements: readonly Statement[]): object =>
  serviceRole(name, ['lambda.amazonaws.com'], [...statements, writeLogs(name)]);

const serviceRole = (
  name: string,
  services: readonly string[],
  statements: readonly Statement[],
): object => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: services.length > 1 ? services : services[0] },
          Action: 'sts:AssumeRole',
        },
      ],
    },
    Policies: [
      {
        PolicyName: name,
        PolicyDocument: { Version: '2012-10-17', Statement: statements },
      },
    ],
  },
});

/** The permissions on the function's log group, in which each instance creates a stream. */
const writeLogs = (name: string): Statement =>
  allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [arn(`${logicalName(name)}LogGroup`)]);

export const allow = (Action: readonly string[], Resource: Statement['Resource']): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
});

export const arn = (logicalId: string): object => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
