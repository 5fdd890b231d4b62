import type { Routes } from '../../lib/events/queues';
import { type Topic, topics } from '../../lib/events/topics';
import { Journal } from '../../lib/receive/log/journal';
import type { Stored } from '../deliveries/open-stored';
import { redeliverPorts } from '../deliveries/redeliver-ports';
import type { Deployment } from '../deployment/deployment';

/** So long one delivery may take, in milliseconds. */
const TIME_MS = 600_000;

/**
 * Sends the events of a delivery to one queue alone, with the ids and the time that they had.
 *
 * @param topic only those of it
 */
export async function toQueue(
  stored: Stored,
  queue: string,
  topic: Topic | undefined,
  deployment: Deployment,
): Promise<void> {
  const signal = AbortSignal.timeout(TIME_MS);
  const context = { ...redeliverPorts(deployment), journal: new Journal(), signal };
  const routes = Object.fromEntries(
    topics.map((each) => [each, topic === undefined || each === topic ? [queue] : []]),
  ) as unknown as Routes;
  await stored.relay(context, { ...deployment.config, routes });
}
