import {
  deadLetterQueueName,
  MAX_MESSAGE_BYTES,
  MAX_RECEIVES,
  queueName,
  queuesOf,
  TAP_QUEUE,
  TAP_RETENTION,
  workerQueuesOf,
} from '../lib/events/queues';
import { keep } from './retain';
import { logicalName, type Resources, type Settings } from './settings';
import { tlsOnly } from './tls-only';

const DAY = 86_400;
const RETENTION = 4 * DAY;
/** The longest retention of SQS: a dead letter waits for a person, and its age counts from the first send. */
const DEAD_LETTER_RETENTION = 14 * DAY;

export const queueId = (queue: string): string => `${logicalName(queue)}Queue`;
export const deadLetterQueueId = (queue: string): string => `${logicalName(queue)}DeadLetterQueue`;

/** Every queue with its dead-letter queue. Both are encrypted, and refuse plain HTTP. */
export function queueResources({ config, workerTimeout, retain }: Settings): Resources {
  const queues = workerQueuesOf(config.routes);
  const hasTap = queuesOf(config.routes).includes(TAP_QUEUE);
  const ids = [
    ...queues.flatMap((queue) => [queueId(queue), deadLetterQueueId(queue)]),
    ...(hasTap ? [queueId(TAP_QUEUE)] : []),
  ];
  return {
    ...keep(
      Object.assign({}, ...queues.map((queue) => pair(queue, config.stage, workerTimeout))),
      retain,
    ),
    ...(hasTap ? tap(config.stage) : {}),
    ...Object.fromEntries(ids.map((id) => [`${id}Policy`, policy(id)])),
  };
}

/** @param workerTimeout the timeout of the slowest worker, in seconds */
const pair = (queue: string, stage: string, workerTimeout: number): Resources => ({
  [queueId(queue)]: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      QueueName: queueName(stage, queue),
      MaximumMessageSize: MAX_MESSAGE_BYTES,
      MessageRetentionPeriod: RETENTION,
      SqsManagedSseEnabled: true,
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
      VisibilityTimeout: 6 * workerTimeout,
      RedrivePolicy: {
        deadLetterTargetArn: { 'Fn::GetAtt': [deadLetterQueueId(queue), 'Arn'] },
        maxReceiveCount: MAX_RECEIVES,
      },
    },
  },
  [deadLetterQueueId(queue)]: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      QueueName: deadLetterQueueName(stage, queue),
      MaximumMessageSize: MAX_MESSAGE_BYTES,
      MessageRetentionPeriod: DEAD_LETTER_RETENTION,
      SqsManagedSseEnabled: true,
    },
  },
});

/** The tap, whose messages may be lost. */
const tap = (stage: string): Resources => ({
  [queueId(TAP_QUEUE)]: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      QueueName: queueName(stage, TAP_QUEUE),
      MaximumMessageSize: MAX_MESSAGE_BYTES,
      MessageRetentionPeriod: TAP_RETENTION,
      SqsManagedSseEnabled: true,
    },
  },
});

const policy = (id: string): object => ({
  Type: 'AWS::SQS::QueuePolicy',
  Properties: {
    Queues: [{ Ref: id }],
    PolicyDocument: tlsOnly('sqs', { 'Fn::GetAtt': [id, 'Arn'] }),
  },
});
