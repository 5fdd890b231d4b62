import { type Message, receive, release } from '../../lib/aws/operate/receive';
import type { Where } from '../../lib/aws/operate/where';
import { parseJson } from '../../lib/json/decode';
import { deleteMessages } from '../aws/delete-messages';

/** The attributes of an event that are shown. */
export interface Event {
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly subject?: string;
  readonly sequence?: string;
  readonly recordedtime: string;
  readonly data?: unknown;
  readonly dataref?: string;
}

/** The longest poll of SQS. */
const SECONDS = 20;
/** Messages that are not wanted become visible to others again after this time. */
const HIDDEN_SECONDS = 30;

/**
 * Takes events from a queue without a worker, as they arrive, until the signal. Received messages that are not
 * yielded stay in the queue.
 */
export async function* events(
  url: string,
  where: Where,
  signal: AbortSignal,
  isWanted: (event: Event) => boolean,
): AsyncGenerator<Event> {
  while (!signal.aborted) {
    const options = { hidden: HIDDEN_SECONDS, seconds: SECONDS, signal };
    const messages = await receive(url, where, options).catch((error: Error) => {
      if (!signal.aborted) throw error;
      return [];
    });
    const taken: Message[] = [];
    let isEnded = true;
    try {
      for (const message of messages) {
        const event = parseJson(message.Body ?? '') as Event | undefined;
        // A message that is no JSON did not come from labelrelay.
        if (!event || !isWanted(event)) continue;
        taken.push(message);
        yield event;
      }
      isEnded = signal.aborted;
    } finally {
      if (taken.length > 0) await deleteMessages(url, taken, where);
      const left = messages.filter((message) => !taken.includes(message));
      if (isEnded) await release(url, left, where);
    }
  }
}
