import { DeleteMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Message } from '../../lib/aws/operate/receive';
import { sqs } from '../../lib/aws/operate/sqs';
import type { Where } from '../../lib/aws/operate/where';

/** Sends the message before deleting it: a failure in between duplicates it, but never loses it. */
export async function moveMessage(
  message: Message,
  { fromUrl, toUrl }: { readonly fromUrl: string; readonly toUrl: string },
  where: Where,
): Promise<void> {
  const { Body, MessageAttributes, Attributes, ReceiptHandle } = message;
  const client = sqs(where);
  await client.send(
    new SendMessageCommand({
      QueueUrl: toUrl,
      MessageBody: Body,
      MessageAttributes,
      MessageGroupId: Attributes?.MessageGroupId,
    }),
  );
  await client.send(new DeleteMessageCommand({ QueueUrl: fromUrl, ReceiptHandle }));
}
