import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { DeleteMessageBatchCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { derivedTopics, topics } from '../../lib/events/topics';
import { s3At, sqsAt } from './aws-clients';
import { validateEvent } from './validate-event';

export interface Received {
  readonly queue: string;
  readonly body: string;
  // biome-ignore lint/suspicious/noExplicitAny: each test states the members that it expects
  readonly event: any;
  readonly attributes: Record<string, string | undefined>;
}

/** The queues of topics whose events are made of webhooks, and not of other events. */
const RECEIVED = topics
  .filter((topic) => !derivedTopics.some((derived) => derived === topic))
  .map((topic) => topic.replace('.', '-'));

const nameOf = (queue: string): string => `labelrelay-dev-${queue}`;

/**
 * The queues without those that are empty, if the SQS at the endpoint lists the number of their messages. Most queues
 * are empty, and to read each of them takes longer than most tests.
 */
async function withMessages(
  endpoint: string,
  queues: readonly string[],
): Promise<readonly string[]> {
  const response = await fetch(`${endpoint}/_fauxqs/queues`);
  const text = await response.text();
  if (!response.ok || !text.startsWith('[')) return queues;
  const listed: { name: string; approximateMessageCount: number }[] = JSON.parse(text);
  const counts = new Map(listed.map((each) => [each.name, each.approximateMessageCount]));
  return queues.filter((queue) => counts.get(nameOf(queue)) !== 0);
}

/** Receives and deletes every message of the queues, through the SQS API. */
export async function drain(
  endpoint: string,
  queues: readonly string[] = RECEIVED,
): Promise<Received[]> {
  const sqs = sqsAt(endpoint);
  const perQueue = await Promise.all(
    (await withMessages(endpoint, queues)).map(async (queue) => {
      const QueueUrl = `${endpoint}/000000000000/${nameOf(queue)}`;
      const received: Received[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl,
            MaxNumberOfMessages: 10,
            MessageAttributeNames: ['All'],
          }),
        );
        if (Messages.length === 0) return received;
        const Entries = Messages.map(({ ReceiptHandle }, index) => ({
          Id: String(index),
          ReceiptHandle,
        }));
        const { Failed = [] } = await sqs.send(
          new DeleteMessageBatchCommand({ QueueUrl, Entries }),
        );
        if (Failed.length > 0) throw new Error(`expected to delete all, got ${Failed[0]?.Message}`);
        for (const { Body = '', MessageAttributes = {} } of Messages) {
          const attributes = Object.fromEntries(
            Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]),
          );
          validateEvent(Body);
          received.push({ queue, body: Body, event: JSON.parse(Body), attributes });
        }
      }
    }),
  );
  return perQueue.flat();
}

/** The bytes at `s3://bucket/key`. */
export async function readObject(endpoint: string, uri: string): Promise<Buffer> {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  const { Body } = await s3At(endpoint).send(new GetObjectCommand({ Bucket, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

const Bucket = 'labelrelay-dev-deliveries';

/** The keys of the objects under a prefix. */
export async function listObjects(endpoint: string, Prefix: string): Promise<string[]> {
  const { Contents = [] } = await s3At(endpoint).send(new ListObjectsV2Command({ Bucket, Prefix }));
  return Contents.map(({ Key = '' }) => Key);
}

export async function deleteObjects(endpoint: string): Promise<void> {
  for (const Key of await listObjects(endpoint, '')) {
    await s3At(endpoint).send(new DeleteObjectCommand({ Bucket, Key }));
  }
}
