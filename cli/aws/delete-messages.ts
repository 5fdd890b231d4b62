import { DeleteMessageBatchCommand } from '@aws-sdk/client-sqs';
import type { Message } from '../../lib/aws/operate/receive';
import { sqs } from '../../lib/aws/operate/sqs';
import type { Where } from '../../lib/aws/operate/where';

/** @param messages at most ten received messages */
export async function deleteMessages(
  QueueUrl: string,
  messages: readonly Message[],
  where: Where,
): Promise<void> {
  const Entries = messages.map(({ ReceiptHandle }, Id) => ({ Id: String(Id), ReceiptHandle }));
  await sqs(where).send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
}
