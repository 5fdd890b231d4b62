import {
  ChangeMessageVisibilityBatchCommand,
  type Message,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { sqs } from './sqs';
import type { Where } from './where';

export type { Message } from '@aws-sdk/client-sqs';

/** Receives up to ten messages, which are hidden from others for a while. @param seconds the longest wait */
export async function receive(
  QueueUrl: string,
  where: Where,
  {
    hidden = 60,
    seconds = 1,
    signal,
  }: { hidden?: number; seconds?: number; signal?: AbortSignal } = {},
): Promise<Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl,
    MaxNumberOfMessages: 10,
    VisibilityTimeout: hidden,
    WaitTimeSeconds: seconds,
    MessageAttributeNames: ['All'],
    MessageSystemAttributeNames: ['All'],
  });
  return (await sqs(where).send(command, { abortSignal: signal })).Messages ?? [];
}

/** Makes messages visible to others again. */
export async function release(
  QueueUrl: string,
  messages: readonly Message[],
  where: Where,
): Promise<void> {
  for (let at = 0; at < messages.length; at += 10) {
    const Entries = messages
      .slice(at, at + 10)
      .map(({ ReceiptHandle }, Id) => ({ Id: String(Id), ReceiptHandle, VisibilityTimeout: 0 }));
    await sqs(where).send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
  }
}
