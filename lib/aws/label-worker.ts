import type { Config } from '../config/read-config';
import { createWorker, type Worker } from '../consume/create-worker';
import { keepNewest } from '../consume/keep-newest';
import { projectLabels } from '../project-labels/project-labels';
import { dynamoLabelTable } from './dynamodb/dynamo-label-table';
import { dynamoDbClient } from './dynamodb/dynamo-table';
import { s3Data } from './s3/s3-data';
import { s3Client } from './s3/s3-objects';

/** The example worker, which stores the newest state of each label in a table. */
export const labelWorker = (config: Config): Worker =>
  createWorker(projectLabels, {
    guard: keepNewest(
      dynamoLabelTable({ client: dynamoDbClient(config), table: config.labelTable }),
    ),
    data: s3Data({ client: s3Client(config), bucket: config.bucket }),
  });
