import type { Topic } from '../../lib/events/topics';
import type { Delivery } from '../../lib/receive/delivery';
import { Journal } from '../../lib/receive/journal';
import { normalize } from '../../lib/receive/normalize';

/** Looks, and neither stores nor says anything. */
const NOTHING = {
  objects: { put: async () => '' },
  telemetry: { log: () => {} },
  queues: { sendBatch: async () => [] },
  secrets: { read: async () => ({ secrets: [], isWhole: true }), refresh: async () => undefined },
};

/** The topics of a delivery's events, one for each event; none when it has no JSON. */
export async function topicsOf(delivery: Delivery): Promise<Topic[]> {
  const context = { ...NOTHING, journal: new Journal(), signal: new AbortController().signal };
  const bodies = decoded(delivery);
  return (await normalize(bodies, delivery, context)).map(({ topic }) => topic);
}

function decoded({ source, body }: Delivery) {
  try {
    return source.platform.decode(body);
  } catch {
    return [];
  }
}
