import type { Where } from './clients';
import { type Message, receive, release } from './receive';

/**
 * The first messages of a queue, left as they were but for their receive counts: for dead-letter
 * queues alone, where these count for nothing.
 */
export async function peek(url: string, limit: number, where: Where): Promise<Message[]> {
  const seen = new Map<string, Message>();
  try {
    while (seen.size < limit) {
      const messages = await receive(url, where);
      const before = seen.size;
      for (const message of messages) seen.set(message.MessageId ?? '', message);
      // There are no more, or those that were seen first show again.
      if (seen.size === before) break;
    }
  } finally {
    await release(url, [...seen.values()], where);
  }
  return [...seen.values()].slice(0, limit);
}
