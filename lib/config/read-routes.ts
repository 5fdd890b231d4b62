import { defaultRoutes, type Routes, TAP_QUEUE } from '../events/queues';
import type { Topic } from '../events/topics';
import { parseJson } from '../json/decode';
import { isObject } from '../json/read';
import type { EnvironmentReader } from './environment';

const VARIABLE = 'LABELRELAY_ROUTES';
const EXPECTED = 'JSON such as {"label.created": ["label-created", "audit"]}';

/** The routing table, if one is set. Topics that it does not name keep their own queue. */
export function readRoutes(reader: EnvironmentReader): Routes | undefined {
  const text = reader.text(VARIABLE, '{}');
  const table = parseJson(text);
  if (!isObject(table)) {
    reader.wrong(VARIABLE, EXPECTED, text);
    return undefined;
  }
  for (const [topic, queues] of Object.entries(table)) {
    if (!Object.hasOwn(defaultRoutes, topic)) reader.wrong(VARIABLE, 'a topic', topic);
    if (!isQueueList(queues))
      reader.wrong(`${VARIABLE} (${topic})`, 'a list of queue names', String(queues));
  }
  return { ...defaultRoutes, ...(table as Partial<Routes>) };
}

/** The same table, with one more queue for some topics. */
export const withQueue = (routes: Routes, queue: string, topics: readonly Topic[]): Routes => ({
  ...routes,
  ...Object.fromEntries(topics.map((topic) => [topic, [...new Set([...routes[topic], queue])]])),
});

const isQueueList = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every(
    (queue) => typeof queue === 'string' && /^[a-z0-9-]{1,40}$/.test(queue) && queue !== TAP_QUEUE,
  );
