import { S3Client } from '@aws-sdk/client-s3';
import { onceFor } from './once-for';
import { longTimeoutOptions, type Where } from './where';

export const s3 = onceFor(
  (where: Where) =>
    new S3Client({ ...longTimeoutOptions(where), forcePathStyle: where.endpoint !== undefined }),
);
