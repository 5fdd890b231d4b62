import { labelWorker } from '../lib/aws/label-worker';
import { lambdaWorker } from '../lib/aws/lambda/lambda-worker';
import { sqsClient } from '../lib/aws/sqs/sqs-queues';
import { readConfig } from '../lib/config/read-config';

const config = readConfig(process.env);

export const handler = lambdaWorker(labelWorker(config), {
  client: sqsClient(config),
  queueUrlBase: config.queueUrlBase,
});
