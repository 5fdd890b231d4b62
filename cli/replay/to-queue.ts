import { toRoutes } from '../../lib/events/queues';
import type { Topic } from '../../lib/events/topics';
import { Journal } from '../../lib/receive/log/journal';
import { relay } from '../../lib/receive/redeliver/relay';
import type { StoredDelivery } from '../../lib/receive/stored/stored-delivery';
import { redeliverPorts } from '../deliveries/redeliver-ports';
import type { Deployment } from '../deployment/deployment';

/** The time limit of one delivery, in milliseconds. */
const TIME_MS = 600_000;

/**
 * Sends the events of a delivery to one queue only, with their original ids and times.
 *
 * @param topic limits the events to this topic
 */
export async function toQueue(
  stored: StoredDelivery,
  queue: string,
  topic: Topic | undefined,
  deployment: Deployment,
): Promise<void> {
  const signal = AbortSignal.timeout(TIME_MS);
  const context = { ...redeliverPorts(deployment), journal: new Journal(), signal };
  const routes = toRoutes((each) => (topic === undefined || each === topic ? [queue] : []));
  await relay(stored, context, { ...deployment.config, routes });
}
