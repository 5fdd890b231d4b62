import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientOptions } from '../../lib/aws/client/client-options';
import { labelStoreOf } from '../../lib/aws/label-store';
import { s3 } from '../../lib/aws/operate/s3';
import type { AwsSettings } from '../../lib/config/read-config';
import type { LabelStore } from '../../lib/label-store/label-store';
import { expectTable } from './expect-table';

/** A person waits longer than a sender does. */
const requestHandler = { connectionTimeout: 5_000, requestTimeout: 30_000 };

/** The clients of the table and the bucket of a label store. */
export const labelClients = (settings: AwsSettings) => ({
  client: new DynamoDBClient({
    ...clientOptions({ ...settings, endpoint: settings.dynamoDbEndpoint }),
    requestHandler,
  }),
  s3: s3(settings),
});

/** The label store of a deployment, to read it. */
export const labelStoreAt = (settings: AwsSettings): LabelStore =>
  labelStoreOf(settings, labelClients(settings));

/** @throws LabelrelayError `not-found` if there is no table */
export async function expectLabelStore(store: LabelStore, table: string): Promise<void> {
  const message = `expected the table ${table} of the label store, got none: set \`labelStore: true\` in serverless.yml, and deploy`;
  await expectTable(store.projects(), message);
}
