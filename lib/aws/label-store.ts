import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { AwsSettings } from '../config/read-config';
import { createLabelStore, type LabelStore } from '../label-store/label-store';
import type { LabelPorts } from '../label-store/ports';
import { dynamoLabelItems } from './dynamodb/dynamo-label-items';
import { dynamoDbClient } from './dynamodb/dynamo-table';
import { s3Client } from './s3/s3-client';
import { s3LabelObjects } from './s3/s3-label-objects';

/**
 * The place of the label store of a deployment.
 *
 * @example
 * ```ts
 * import type { LabelStoreOptions } from 'labelrelay/worker';
 *
 * const options: LabelStoreOptions = {
 *   table: 'labelrelay-prod-label-store',
 *   bucket: 'labelrelay-prod-123456789012-us-east-1',
 * };
 * console.log(options.table); // labelrelay-prod-label-store
 * ```
 */
export interface LabelStoreOptions {
  /** The table: `labelrelay-<stage>-label-store`. */
  readonly table: string;
  /** The bucket of the deployment: its output `BucketName`. Labels that are too large for the table are in it. */
  readonly bucket: string;
  /** The client of DynamoDB. By default it is made from the environment. */
  readonly client?: DynamoDBClient;
  /** The client of S3. By default it is made from the environment. */
  readonly s3?: S3Client;
}

/**
 * The label store of a deployment: the newest state of every label. A reader needs `dynamodb:BatchGetItem` and
 * `dynamodb:Query` on the table, and `s3:GetObject` on `state/*` of the bucket.
 *
 * @throws UnknownVersion if the table or an item has a form that this version does not know
 *
 * @example
 * ```ts
 * import { createWorker, keepNewest, labelHandlers, labelStore } from 'labelrelay/worker';
 *
 * const store = labelStore({ table: 'labelrelay-prod-label-store', bucket: 'my-bucket' });
 * const worker = createWorker(labelHandlers, { guard: keepNewest(store) });
 * console.log(typeof worker, typeof store.list); // function function
 * ```
 */
export const labelStore = ({
  table,
  bucket,
  client = new DynamoDBClient(),
  s3 = new S3Client(),
}: LabelStoreOptions): LabelStore => createLabelStore(labelPorts({ table, bucket, client, s3 }));

/** The table and the bucket of a label store. */
export const labelPorts = ({
  table,
  bucket,
  client,
  s3,
}: Required<LabelStoreOptions>): LabelPorts => ({
  items: dynamoLabelItems({ client, table }),
  objects: s3LabelObjects(s3, bucket),
});

/** The label store that a configuration names. */
export const labelStoreOf = (
  settings: AwsSettings,
  { client = dynamoDbClient(settings), s3 = s3Client(settings) } = {},
): LabelStore =>
  labelStore({ table: settings.labelStoreTable, bucket: settings.bucket, client, s3 });
