import { type Message, receive, release } from '../../lib/aws/operate/receive';
import type { Where } from '../../lib/aws/operate/where';
import { moveMessage } from '../aws/move-message';
import { interruption } from '../command/interruption';
import { pace } from '../send/pace';
import type { DeadLetterQueue } from './dead-letter-queues';

export interface Moving {
  readonly perSecond: number;
  /** The most messages to read, so that messages that come back meanwhile are not moved again. */
  readonly limit: number;
  readonly isWanted: (message: Message) => boolean;
  moved(count: number): void;
}

/** Far longer than any batch takes. */
const HIDDEN_SECONDS = 600;

/** Receives, sends and deletes each message. @returns the number of moved messages */
export async function moveOneByOne(
  { url, queueUrl }: DeadLetterQueue,
  { perSecond, limit, isWanted, moved }: Moving,
  where: Where,
): Promise<number> {
  const left: Message[] = [];
  let looked = 0;
  let count = 0;
  try {
    while (looked < limit && !interruption.aborted) {
      const messages = await receive(url, where, { hidden: HIDDEN_SECONDS });
      if (messages.length === 0) break;
      const chosen = messages.slice(0, limit - looked);
      looked += chosen.length;
      const wanted = chosen.filter(isWanted);
      const unmoved = new Set(messages);
      await pace(wanted, perSecond, async (message) => {
        await moveMessage(message, { fromUrl: url, toUrl: queueUrl }, where);
        unmoved.delete(message);
        moved(++count);
      }).finally(() => left.push(...unmoved));
    }
  } finally {
    await release(url, left, where);
  }
  return count;
}
