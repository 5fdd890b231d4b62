import { SQSClient } from '@aws-sdk/client-sqs';
import { onceFor } from './once-for';
import { longTimeoutOptions, type Where } from './where';

export const sqs = onceFor(
  (where: Where) => new SQSClient({ ...longTimeoutOptions(where), useQueueUrlAsEndpoint: false }),
);
