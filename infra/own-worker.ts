import { tableKeys } from '../lib/aws/dynamodb/table-keys';
import { queueName } from '../lib/events/queues';
import { PREFIX } from '../lib/receive/stored/object-keys';
import { pascal } from './pascal';
import { deadLetterQueueId, queueId } from './queues';
import { keep } from './retain';
import { allow, arn, objects, role, type Statement } from './roles';
import type { Resources, Settings } from './settings';

/** A worker that is deployed with the service. It has a queue and a table of its own. */
export interface OwnWorker {
  /** The name of its function in serverless.yml, such as `labelStore`. */
  readonly name: string;
  readonly description: string;
  /** The queue without its prefix, such as `label-store`, which is also the name of its bundle. */
  readonly queue: string;
  readonly tableId: string;
  readonly table: string;
  /** Its permissions beside those on its queue and on the data of large events. */
  readonly statements: readonly Statement[];
}

const roleId = ({ name }: OwnWorker): string => `${pascal(name)}Role`;

/**
 * Its function, in the form of serverless.yml.
 *
 * @param workerTimeout the timeout of the slowest worker, in seconds
 * @param workerConcurrency the most calls at once. They count against the account's concurrency, as calls that
 *   receive deliveries do
 */
export const workerFunction = (
  worker: OwnWorker,
  { config: { stage }, workerTimeout, workerConcurrency }: Settings,
): object => ({
  [worker.name]: {
    name: queueName(stage, worker.queue),
    handler: `dist/${worker.queue}/index.handler`,
    description: worker.description,
    role: roleId(worker),
    timeout: workerTimeout,
    events: [
      {
        sqs: {
          arn: arn(queueId(worker.queue)),
          batchSize: 10,
          maximumConcurrency: workerConcurrency,
          functionResponseType: 'ReportBatchItemFailures',
        },
      },
    ],
    package: { patterns: [`dist/${worker.queue}/**`] },
  },
});

export const workerResources = (worker: OwnWorker, { retain }: Settings): Resources => ({
  ...keep({ [worker.tableId]: tableOf(worker.table) }, retain),
  [roleId(worker)]: role(worker.name, [
    allow(
      [
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:ChangeMessageVisibility',
        // Waiting messages are sent again as copies.
        'sqs:SendMessage',
      ],
      [arn(queueId(worker.queue))],
    ),
    allow(['sqs:SendMessage'], [arn(deadLetterQueueId(worker.queue))]),
    allow(['s3:GetObject'], objects(PREFIX.data)),
    ...worker.statements,
  ]),
});

const tableOf = (TableName: string): object => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName,
    ...tableKeys,
    TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  },
});
