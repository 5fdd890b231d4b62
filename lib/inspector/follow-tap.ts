import { readHead } from './event-head';
import { rowOf } from './observe';
import type { Ring } from './ring';

/** The queue that events of the tap went to, for what is shown of it. */
const SENT = 'tap';

/**
 * Records events as they come from the tap. Those that were received at one time from one source are shown as one
 * delivery.
 *
 * @param queuesOf the queues that a topic's events went to
 */
export async function followTap(
  messages: AsyncIterable<string>,
  ring: Ring,
  queuesOf: (topic: string) => readonly string[],
): Promise<void> {
  for await (const message of messages) {
    const head = readHead(message);
    if (!head) continue;
    const { source, recordedtime, topic } = head;
    const known = ring.find(({ row }) => row.source === source && row.at === recordedtime);
    const recording = known ?? ring.add(rowOf(head), { headers: [], events: [] });
    const queues = queuesOf(topic).filter((queue) => queue !== SENT);
    for (const queue of queues.length > 0 ? queues : [SENT]) {
      ring.addEvent(recording, head, message, queue, 'sent');
    }
  }
}
