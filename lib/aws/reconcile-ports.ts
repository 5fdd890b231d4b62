import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { type Config, LABEL_STORE_QUEUE } from '../config/read-config';
import { LabelrelayError } from '../errors';
import type { Source } from '../receive/delivery';
import type { Ports } from '../receive/ports';
import type { ReconcilePorts } from '../reconcile/ports';
import { recoveredPublisher } from '../reconcile/recovered-publisher';
import { dynamoNotes } from './dynamodb/dynamo-notes';
import { dynamoDbClient } from './dynamodb/dynamo-table';
import { labelPorts } from './label-store';
import { s3Client } from './s3/s3-client';
import { sqsBacklog } from './sqs/sqs-backlog';
import { queueUrl, sqsClient } from './sqs/sqs-queues';

export interface ReconcileClients {
  readonly client: DynamoDBClient;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
}

export const reconcileClients = (config: Config): ReconcileClients => ({
  client: dynamoDbClient(config),
  s3: s3Client(config),
  sqs: sqsClient(config),
});

/**
 * The ports of reconciliation for a source, but for the listing of its platform.
 *
 * @throws LabelrelayError `not-found` if there is no such source
 */
export function reconcilePorts(
  config: Config,
  name: string,
  ports: Ports,
  { client, s3, sqs }: ReconcileClients,
): Omit<ReconcilePorts, 'listing'> & { readonly source: Source } {
  const { labelStoreTable: table, bucket, sources } = config;
  const source = sources.get(name);
  if (!source) throw new LabelrelayError('not-found', `expected a source, got ${name}`);
  return {
    source,
    labels: labelPorts({ table, bucket, client, s3 }),
    notes: dynamoNotes({ client, table }, name),
    publish: recoveredPublisher(source, ports, config),
    backlog: () => sqsBacklog(sqs, queueUrl(config, LABEL_STORE_QUEUE)),
  };
}
