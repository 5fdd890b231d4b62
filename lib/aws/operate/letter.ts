import type { Message } from './receive';

/** A message that a worker could not process. */
export interface Letter {
  readonly queue: string;
  /** The id of the event. */
  readonly id?: string;
  /** The platform's own id of the delivery, if the event has one. */
  readonly deliveryId?: string;
  /** The id of the message in SQS. */
  readonly messageId?: string;
  /** How often the message was received; `dlq show` counts too. */
  readonly receives?: number;
  readonly sent?: string;
  readonly type?: string;
  readonly source?: string;
  readonly subject?: string;
  readonly reason: string;
  /** The event, or the text of the message if it is no JSON. */
  readonly event: unknown;
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
