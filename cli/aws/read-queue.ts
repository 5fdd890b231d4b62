import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { sqs, type Where } from './clients';

export interface QueueState {
  readonly arn: string;
  /** As SQS counts them, which is about right. */
  readonly waiting: number;
  readonly inFlight: number;
  /** Where SQS moves what nobody finishes. */
  readonly deadLetterArn?: string;
}

export async function readQueue(QueueUrl: string, where: Where): Promise<QueueState> {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  const { Attributes = {} } = await sqs(where).send(command);
  const { deadLetterTargetArn } = JSON.parse(Attributes.RedrivePolicy ?? '{}') as {
    deadLetterTargetArn?: string;
  };
  return {
    arn: Attributes.QueueArn ?? '',
    waiting: Number(Attributes.ApproximateNumberOfMessages ?? 0),
    inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
    deadLetterArn: deadLetterTargetArn,
  };
}
