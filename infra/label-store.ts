import { labelStoreKeys } from '../lib/aws/dynamodb/label-store-keys';
import { LABEL_STORE_QUEUE } from '../lib/config/read-config';
import { queueName } from '../lib/events/queues';
import { PREFIX } from '../lib/receive/stored/object-keys';
import { deadLetterQueueId, queueId } from './queues';
import { keep } from './retain';
import { allow, arn, objects, role } from './roles';
import type { Resources, Settings } from './settings';
import { BUCKET_ID } from './storage';

export const TABLE_ID = 'LabelStoreTable';

/**
 * The function of the label store, in the form of serverless.yml.
 *
 * @param workerTimeout the timeout of the slowest worker, in seconds
 * @param workerConcurrency the most calls at once. They count against the account's concurrency, as calls that
 *   receive deliveries do
 */
export const labelStoreFunction = ({
  config: { stage },
  workerTimeout,
  workerConcurrency,
}: Settings): object => ({
  labelStore: {
    name: queueName(stage, LABEL_STORE_QUEUE),
    handler: 'dist/label-store/index.handler',
    description: 'Stores the newest state of each label',
    role: 'LabelStoreRole',
    timeout: workerTimeout,
    events: [
      {
        sqs: {
          arn: arn(queueId(LABEL_STORE_QUEUE)),
          batchSize: 10,
          maximumConcurrency: workerConcurrency,
          functionResponseType: 'ReportBatchItemFailures',
        },
      },
    ],
    package: { patterns: ['dist/label-store/**'] },
  },
});

export const labelStoreResources = ({ config, retain }: Settings): Resources => ({
  ...keep({ [TABLE_ID]: tableOf(config.labelStoreTable) }, retain),
  LabelStoreRole: role('labelStore', [
    allow(
      [
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:ChangeMessageVisibility',
        // Waiting messages are sent again as copies.
        'sqs:SendMessage',
      ],
      [arn(queueId(LABEL_STORE_QUEUE))],
    ),
    allow(['sqs:SendMessage'], [arn(deadLetterQueueId(LABEL_STORE_QUEUE))]),
    allow(['s3:GetObject'], objects(PREFIX.data)),
    allow(['s3:PutObject', 's3:DeleteObject'], objects(PREFIX.state)),
    allow(['s3:ListBucket'], [arn(BUCKET_ID)]),
    allow(
      ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
      [arn(TABLE_ID)],
    ),
  ]),
});

const tableOf = (TableName: string): object => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName,
    ...labelStoreKeys,
    TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  },
});
