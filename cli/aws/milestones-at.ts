import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { clientOptions } from '../../lib/aws/client/client-options';
import { dynamoMilestones } from '../../lib/aws/dynamodb/dynamo-milestones';
import { queueUrl } from '../../lib/aws/sqs/sqs-queues';
import { type AwsSettings, MILESTONES_QUEUE } from '../../lib/config/read-config';
import { LabelrelayError } from '../../lib/errors';
import { askBody } from '../../lib/milestones/ask';
import type { Items } from '../../lib/milestones/items';
import type { Ask } from '../../lib/milestones/ports';
import { sqs } from './clients';

/** The items of milestones of a deployment, to read them. */
export function milestonesAt(settings: AwsSettings): Items {
  const endpoint = settings.dynamoDbEndpoint;
  const client = new DynamoDBClient(clientOptions({ ...settings, endpoint }));
  return dynamoMilestones({ client, table: settings.milestonesTable });
}

/** Sends a question to the worker. */
export async function askWorker(settings: AwsSettings, ask: Ask): Promise<void> {
  const QueueUrl = queueUrl(settings, MILESTONES_QUEUE);
  await sqs(settings).send(new SendMessageCommand({ QueueUrl, MessageBody: askBody(ask) }));
}

/** @throws LabelrelayError `not-found` if there is no table */
export async function expectTable<T>(reading: Promise<T>, table: string): Promise<T> {
  return reading.catch((cause: unknown) => {
    if (!(cause instanceof Error) || cause.name !== 'ResourceNotFoundException') throw cause;
    const message = `expected the table ${table} of milestones, got none: set rules or \`completion: true\` in serverless.yml, and deploy`;
    throw new LabelrelayError('not-found', message, { cause });
  });
}
