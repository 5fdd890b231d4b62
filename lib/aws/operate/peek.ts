import { type Message, receive, release } from './receive';
import type { Where } from './where';

/**
 * Reads the first messages of a queue without removing them. This raises their receive counts, so use it for
 * dead-letter queues only, where the counts have no effect.
 */
export async function peek(url: string, limit: number, where: Where): Promise<Message[]> {
  const seen = new Map<string, Message>();
  try {
    while (seen.size < limit) {
      const messages = await receive(url, where);
      const before = seen.size;
      for (const message of messages) seen.set(message.MessageId ?? '', message);
      // There are no more, or the first ones are visible again.
      if (seen.size === before) break;
    }
  } finally {
    await release(url, [...seen.values()], where);
  }
  return [...seen.values()].slice(0, limit);
}
