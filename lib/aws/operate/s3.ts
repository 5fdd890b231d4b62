import { S3Client } from '@aws-sdk/client-s3';
import { onceFor } from './once-for';
import { patientOptions, type Where } from './where';

export const s3 = onceFor(
  (where: Where) =>
    new S3Client({ ...patientOptions(where), forcePathStyle: where.endpoint !== undefined }),
);
