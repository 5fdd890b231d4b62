import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { type Config, LABEL_STORE_QUEUE } from '../config/read-config';
import type { Source } from '../receive/delivery';
import type { Ports } from '../receive/ports';
import type { ReconcilePorts } from '../reconcile/ports';
import { recoveredPublisher } from '../reconcile/recovered-publisher';
import { dynamoNotes } from './dynamodb/dynamo-notes';
import { labelPorts } from './label-store';
import { sqsBacklog } from './sqs/sqs-backlog';
import { queueUrl } from './sqs/sqs-queues';

export interface ReconcileClients {
  readonly client: DynamoDBClient;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
}

/** The ports of reconciliation for a source, but for the listing of its platform. */
export function reconcilePorts(
  config: Config,
  source: Source,
  ports: Ports,
  { client, s3, sqs }: ReconcileClients,
): Omit<ReconcilePorts, 'listing'> {
  const { labelStoreTable: table, bucket } = config;
  return {
    labels: labelPorts({ table, bucket, client, s3 }),
    notes: dynamoNotes({ client, table }, source.name),
    publish: recoveredPublisher(source, ports, config),
    backlog: () => sqsBacklog(sqs, queueUrl(config, LABEL_STORE_QUEUE)),
  };
}
