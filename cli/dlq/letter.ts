import type { Message } from '../aws/receive';

/** A message that a worker gave up on. */
export interface Letter {
  readonly queue: string;
  /** Of the event. */
  readonly id?: string;
  /** The platform's own id of the delivery, where the event carries it. */
  readonly deliveryId?: string;
  /** As SQS has it. */
  readonly messageId?: string;
  /** How often it was handed out; looking counts too. */
  readonly receives?: number;
  readonly sent?: string;
  readonly type?: string;
  readonly source?: string;
  readonly subject?: string;
  readonly reason: string;
  /** The event, or its text where that is none. */
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
