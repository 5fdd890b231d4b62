import { labelTableKeys } from '../lib/aws/dynamodb/label-table-keys';
import { EXAMPLE_QUEUE } from '../lib/config/read-config';
import { PREFIX } from '../lib/receive/stored/object-keys';
import { deadLetterQueueId, queueId } from './queues';
import { keep } from './retain';
import { allow, arn, objects, role } from './roles';
import type { Resources, Settings } from './settings';

const TABLE_ID = 'LabelTable';

/**
 * The function of the example worker, in the form of serverless.yml.
 *
 * @param workerTimeout the timeout of the slowest worker, in seconds
 * @param workerConcurrency the most calls at once. They count against the account's concurrency, as calls that
 *   receive deliveries do
 */
export const exampleFunction = ({ workerTimeout, workerConcurrency }: Settings): object => ({
  projectLabels: {
    handler: 'dist/project-labels/index.handler',
    description: 'Keeps the newest state of each label in a table',
    role: 'ProjectLabelsRole',
    timeout: workerTimeout,
    events: [
      {
        sqs: {
          arn: arn(queueId(EXAMPLE_QUEUE)),
          batchSize: 10,
          maximumConcurrency: workerConcurrency,
          functionResponseType: 'ReportBatchItemFailures',
        },
      },
    ],
    package: { patterns: ['dist/project-labels/**'] },
  },
});

export const exampleResources = ({ config, retain }: Settings): Resources => ({
  ...keep({ [TABLE_ID]: labelTable(config.labelTable) }, retain),
  ProjectLabelsRole: role('projectLabels', [
    allow(
      [
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:ChangeMessageVisibility',
        // Waiting messages are sent again as copies.
        'sqs:SendMessage',
      ],
      [arn(queueId(EXAMPLE_QUEUE))],
    ),
    allow(['sqs:SendMessage'], [arn(deadLetterQueueId(EXAMPLE_QUEUE))]),
    allow(['s3:GetObject'], objects(PREFIX.data)),
    allow(
      ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
      [arn(TABLE_ID)],
    ),
  ]),
});

const labelTable = (TableName: string): object => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName,
    ...labelTableKeys,
    TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  },
});
