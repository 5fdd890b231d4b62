import type { Routes } from '../events/queues';
import type { Topic } from '../events/topics';
import { escapeJson } from '../json/escape';
import type { Queues } from '../receive/ports';

const TYPE = /^labelrelay\./;

/**
 * The same queues, and each event that they took is shown: once, whatever the number of its queues.
 *
 * @param show takes JSON on several lines, in which nothing can steer a terminal
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
