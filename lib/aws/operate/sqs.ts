import { SQSClient } from '@aws-sdk/client-sqs';
import { onceFor } from './once-for';
import { patientOptions, type Where } from './where';

export const sqs = onceFor(
  (where: Where) => new SQSClient({ ...patientOptions(where), useQueueUrlAsEndpoint: false }),
);
