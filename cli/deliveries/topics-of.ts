import { toRoutes } from '../../lib/events/queues';
import type { Topic } from '../../lib/events/topics';
import { Journal } from '../../lib/receive/log/journal';
import { relay } from '../../lib/receive/redeliver/relay';
import type { StoredDelivery } from '../../lib/receive/stored/stored-delivery';
import type { Deployment } from '../deployment/deployment';
import { redeliverPorts } from './redeliver-ports';

/** Routes each topic to a queue of the same name. */
const ROUTES = toRoutes((topic) => [topic]);

/** The topic of each event of a delivery; none if its body is no JSON. Nothing is stored or sent. */
export async function topicsOf(stored: StoredDelivery, deployment: Deployment): Promise<Topic[]> {
  const ports = redeliverPorts(deployment);
  const found: Topic[] = [];
  const context = {
    ...ports,
    objects: {
      ...ports.objects,
      put: async () => '',
      begin: () => ({ write: async () => {}, commit: async () => '', abort: async () => {} }),
    },
    queues: {
      async sendBatch(queue: string, messages: readonly unknown[]) {
        found.push(...messages.map(() => queue as Topic));
        return [];
      },
    },
    journal: new Journal(),
    signal: new AbortController().signal,
  };
  await relay(stored, context, { ...deployment.config, routes: ROUTES });
  return found;
}
