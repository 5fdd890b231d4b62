import { queuesOf } from '../lib/events/queues';
import { HELD, PREFIX } from '../lib/receive/object-keys';
import { queueId } from './queues';
import { secretId } from './secrets';
import { logicalName, type Resources, type Settings } from './settings';
import { BUCKET_ID } from './storage';

interface Statement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly object[];
}

/** One role for each function, with what it does and nothing else. */
export const roleResources = ({ config, archiveDays }: Settings): Resources => {
  const queues = queuesOf(config.routes);
  const sources = [...config.sources.keys()];
  const pipeline = [
    allow(
      ['sqs:SendMessage'],
      queues.map((queue) => arn(queueId(queue))),
    ),
    // A secret's reference is its ARN.
    allow(
      ['secretsmanager:GetSecretValue'],
      sources.map((source) => ({ Ref: secretId(source) })),
    ),
    allow(['s3:PutObject'], objects(PREFIX.data, PREFIX.raw, PREFIX.undecodable)),
    ...(archiveDays > 0 ? [allow(['s3:PutObject'], objects(PREFIX.archive))] : []),
  ];
  const held = objects(...HELD);
  return {
    ReceiveRole: role('receive', [...pipeline, allow(['s3:PutObject'], held)]),
    RedeliverRole: role('redeliver', [
      ...pipeline,
      allow(['s3:GetObject', 's3:DeleteObject'], held),
      allow(['s3:PutObject'], objects(PREFIX.parked, PREFIX.rejected)),
      allow(['s3:ListBucket'], [arn(BUCKET_ID)]),
    ]),
  };
};

export const objects = (...prefixes: string[]): object[] =>
  prefixes.map((prefix) => ({ 'Fn::Sub': `\${${BUCKET_ID}.Arn}/${prefix}/*` }));

export const role = (name: string, statements: readonly Statement[]): object => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: 'sts:AssumeRole',
        },
      ],
    },
    Policies: [
      {
        PolicyName: name,
        PolicyDocument: { Version: '2012-10-17', Statement: [...statements, writeLogs(name)] },
      },
    ],
  },
});

/** To the log group that the framework makes for the function; each instance adds a stream. */
const writeLogs = (name: string): Statement =>
  allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [arn(`${logicalName(name)}LogGroup`)]);

export const allow = (Action: readonly string[], Resource: readonly object[]): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
});

export const arn = (logicalId: string): object => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
