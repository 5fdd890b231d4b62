import type { DeadLetter } from '../../inspector/ports';
import type { Message } from './receive';

/** A message that a worker could not process. */
export interface Letter extends DeadLetter {
  /** The platform's own id of the delivery, if the event has one. */
  readonly deliveryId?: string;
}

export const reasonOf = ({ MessageAttributes = {} }: Message): string =>
  MessageAttributes.reason?.StringValue ?? 'every try failed: see the log of the worker';

export function toLetter(queue: string, message: Message): Letter {
  const { Attributes = {}, Body = '' } = message;
  const event = toEvent(Body);
  const text = (name: string) => {
    const value =
      typeof event === 'object' && event !== null ? Reflect.get(event, name) : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  const sent = Number(Attributes.SentTimestamp);
  return {
    queue,
    id: text('id'),
    deliveryId: text('deliveryid'),
    messageId: message.MessageId,
    receives: Number(Attributes.ApproximateReceiveCount) || undefined,
    sent: sent ? new Date(sent).toISOString() : undefined,
    type: text('type'),
    source: text('source'),
    subject: text('subject'),
    reason: reasonOf(message),
    event,
  };
}

function toEvent(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
