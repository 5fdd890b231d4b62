import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type AwsSettings, type Config, MILESTONES_QUEUE } from '../config/read-config';
import type { Worker } from '../consume/create-worker';
import { topicOf } from '../consume/event';
import { toMessage } from '../events/message';
import { askBody } from '../milestones/ask';
import type { DerivedEvent } from '../milestones/derived-event';
import type { Items } from '../milestones/items';
import { milestonesWorker as workerOn } from '../milestones/milestones-worker';
import type { Ask, MilestonePorts } from '../milestones/ports';
import { tellRules } from '../milestones/read-epochs';
import type { Queues, Telemetry } from '../receive/ports';
import { publish } from '../receive/publish/publish';
import { dynamoMilestones } from './dynamodb/dynamo-milestones';
import { dynamoDbClient } from './dynamodb/dynamo-table';
import { s3Client } from './s3/s3-client';
import { s3Data } from './s3/s3-data';
import { queueUrl, sqsClient, sqsQueues } from './sqs/sqs-queues';

/** How long the worker tries to publish, in milliseconds. */
const PUBLISH_MS = 10_000;

/**
 * The worker that finds completions and milestones, and publishes them as other events.
 *
 * @param wrap watches what it publishes
 */
export const milestonesWorker = (
  config: Config,
  telemetry: Telemetry,
  wrap: (queues: Queues) => Queues = (queues) => queues,
): Worker =>
  workerOn(
    milestonePorts(config, telemetry, wrap(sqsQueues(config))),
    { ...config.milestones, schemaBase: config.schemaBase },
    s3Data({ client: s3Client(config), bucket: config.bucket }),
  );

/** Writes the rules where the command line finds them. */
export const tellRulesOf = (config: Config): Promise<void> =>
  tellRules(milestoneItems(config), config.milestones.rules);

/** The items of the milestones of a deployment. */
export const milestoneItems = (settings: AwsSettings): Items =>
  dynamoMilestones({ client: dynamoDbClient(settings), table: settings.milestonesTable });

/** Sends a question to the worker's own queue. @param seconds the delay, at most 900 */
export async function askWorker(
  client: SQSClient,
  settings: AwsSettings,
  ask: Ask,
  seconds = 0,
): Promise<void> {
  const QueueUrl = queueUrl(settings, MILESTONES_QUEUE);
  const MessageBody = askBody(ask);
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds: seconds }));
}

function milestonePorts(config: Config, telemetry: Telemetry, queues: Queues): MilestonePorts {
  const sqs = sqsClient(config);
  const { routes } = config;
  return {
    items: milestoneItems(config),
    async publish(events) {
      const drafts = events.map((event) => ({ topic: topicOf(event), event }));
      const pack = async ({ event }: { event: DerivedEvent }) => messageOf(event);
      const signal = AbortSignal.timeout(PUBLISH_MS);
      await publish(drafts, { routes, bodyBytes: 0, pack }, { queues, telemetry, signal });
      for (const event of events) tell(event, telemetry);
    },
    ask: (ask, seconds) => askWorker(sqs, config, ask, seconds),
  };
}

const messageOf = ({ data, ...attributes }: DerivedEvent) =>
  toMessage(attributes, JSON.stringify(data));

const tell = (event: DerivedEvent, telemetry: Telemetry): void =>
  telemetry.log('info', 'an event was derived', {
    topic: topicOf(event),
    subject: event.subject,
    source: event.source.slice(1),
  });
