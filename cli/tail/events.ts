import { parseJson } from '../../lib/json/decode';
import type { Where } from '../aws/clients';
import { deleteMessages } from '../aws/delete-messages';
import { type Message, receive, release } from '../aws/receive';

/** Of an event, what is shown of it. */
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

/** The longest that SQS waits. */
const SECONDS = 20;
/** What is not wanted comes back after so long, for whoever else looks. */
const HIDDEN_SECONDS = 30;

/**
 * Takes events from a queue that nobody works on, as they come, until the signal. What was received and
 * not given out stays there.
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
        // What is no JSON somebody else has put there.
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
