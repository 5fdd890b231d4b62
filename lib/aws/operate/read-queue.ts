import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { sqs } from './sqs';
import type { Where } from './where';
import { whereThere } from './where-there';

export interface QueueState {
  readonly arn: string;
  /** The number of messages, which SQS counts approximately. */
  readonly waiting: number;
  readonly inFlight: number;
  /** The dead-letter queue to which SQS moves messages that fail too often. */
  readonly deadLetterArn?: string;
  /** The attributes of the queue, as CreateQueue takes them. */
  readonly settings: Readonly<Record<string, string>>;
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
const SETTABLE =
  /^(DelaySeconds|MaximumMessageSize|MessageRetentionPeriod|ReceiveMessageWaitTimeSeconds|VisibilityTimeout|Policy|RedrivePolicy|RedriveAllowPolicy|SqsManagedSseEnabled|Kms\w+)$/;

/** @returns undefined if the queue does not exist */
export async function readQueue(QueueUrl: string, where: Where): Promise<QueueState | undefined> {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  const answer = await whereThere(sqs(where).send(command));
  if (!answer) return undefined;
  const Attributes: Record<string, string> = answer.Attributes ?? {};
  const { deadLetterTargetArn } = JSON.parse(Attributes.RedrivePolicy ?? '{}') as {
    deadLetterTargetArn?: string;
  };
  return {
    arn: Attributes.QueueArn ?? '',
    waiting: Number(Attributes.ApproximateNumberOfMessages ?? 0),
    inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
    deadLetterArn: deadLetterTargetArn,
    settings: Object.fromEntries(
      Object.entries(Attributes).filter(([name]) => SETTABLE.test(name)),
    ),
  };
}
