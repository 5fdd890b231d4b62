import { lambdaWorker } from '../lib/aws/lambda/lambda-worker';
import { milestonesWorker } from '../lib/aws/milestones';
import { sqsClient } from '../lib/aws/sqs/sqs-queues';
import { stageTelemetry } from '../lib/aws/stage-telemetry';
import { readConfig } from '../lib/config/read-config';

const config = readConfig(process.env);

export const handler = lambdaWorker(milestonesWorker(config, stageTelemetry(config)), {
  client: sqsClient(config),
  queueUrlBase: config.queueUrlBase,
});
