import type { Routes } from '../events/queues';
import type { Topic } from '../events/topics';
import { escapeJson } from '../json/escape';
import type { Queues } from '../receive/ports';

const TYPE = /^labelrelay\./;

/**
 * Wraps the queues to show each event that they accept, once for all of its queues.
 *
 * @param show gets JSON on several lines, without control characters that a terminal would obey
 */
export const showEvents = (
  queues: Queues,
  routes: Routes,
  show: (text: string) => void,
): Queues => ({
  async sendBatch(queue, messages, signal) {
    const refused = await queues.sendBatch(queue, messages, signal);
    for (const message of messages) {
      const [first] = routes[message.attributes.type.replace(TYPE, '') as Topic];
      if (queue === first && !refused.includes(message)) show(pretty(message.body));
    }
    return refused;
  },
});

const pretty = (json: string): string =>
  JSON.stringify(JSON.parse(json), undefined, 2).split('\n').map(escapeJson).join('\n');
