import type { Config } from '../config/read-config';
import { createWorker, type Worker } from '../consume/create-worker';
import { keepNewest } from '../consume/keep-newest';
import { labelHandlers } from '../label-store/label-handlers';
import { labelStoreOf } from './label-store';
import { s3Client } from './s3/s3-client';
import { s3Data } from './s3/s3-data';

/** The worker of the label store, which stores the newest state of each label. */
export function labelWorker(config: Config): Worker {
  const s3 = s3Client(config);
  return createWorker(labelHandlers, {
    guard: keepNewest(labelStoreOf(config, { s3 })),
    data: s3Data({ client: s3, bucket: config.bucket }),
  });
}
