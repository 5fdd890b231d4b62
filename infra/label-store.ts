import { LABEL_STORE_QUEUE } from '../lib/config/read-config';
import { PREFIX } from '../lib/receive/stored/object-keys';
import type { OwnWorker } from './own-worker';
import { allow, arn, objects } from './roles';
import type { Settings } from './settings';
import { BUCKET_ID } from './storage';

export const TABLE_ID = 'LabelStoreTable';

/** The worker of the label store. */
export const labelStore = ({ config }: Settings): OwnWorker => ({
  name: 'labelStore',
  description: 'Stores the newest state of each label',
  queue: LABEL_STORE_QUEUE,
  tableId: TABLE_ID,
  table: config.labelStoreTable,
  statements: [
    allow(['s3:PutObject', 's3:DeleteObject'], objects(PREFIX.state)),
    allow(['s3:ListBucket'], [arn(BUCKET_ID)]),
    allow(
      ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
      [arn(TABLE_ID)],
    ),
  ],
});
