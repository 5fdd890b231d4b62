import { DeleteMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { sqs, type Where } from './clients';
import type { Message } from './receive';

/** Sent before it is deleted: what fails in between is there twice, never not at all. */
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
