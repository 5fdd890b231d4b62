import type { Where } from '../aws/clients';
import { deleteMessages } from '../aws/delete-messages';
import { receive } from '../aws/receive';

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

/** Takes events from a queue that nobody works on, as they come, until the signal. */
export async function* events(
  url: string,
  where: Where,
  signal: AbortSignal,
): AsyncGenerator<Event> {
  while (!signal.aborted) {
    const messages = await receive(url, where, { seconds: SECONDS, signal }).catch(
      (error: Error) => {
        if (!signal.aborted) throw error;
        return [];
      },
    );
    if (messages.length > 0) await deleteMessages(url, messages, where);
    for (const { Body = '' } of messages) yield JSON.parse(Body) as Event;
  }
}
