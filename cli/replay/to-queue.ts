import type { Routes } from '../../lib/events/queues';
import { type Topic, topics } from '../../lib/events/topics';
import { decode } from '../../lib/receive/decode';
import { Journal } from '../../lib/receive/journal';
import { normalize } from '../../lib/receive/normalize';
import { send } from '../../lib/receive/send';
import { redeliverPorts } from '../deliveries/redeliver-ports';
import type { Deployment } from '../deployment/deployment';
import type { Archived } from './archived';

/** So long one delivery may take, in milliseconds. */
const TIME_MS = 600_000;

/**
 * Sends the events of a delivery to one queue alone, with the ids and the time that they had.
 *
 * @param topic only those of it
 */
export async function toQueue(
  { delivery }: Archived,
  queue: string,
  topic: Topic | undefined,
  deployment: Deployment,
): Promise<void> {
  const signal = AbortSignal.timeout(TIME_MS);
  const context = { ...redeliverPorts(deployment), journal: new Journal(), signal };
  const drafts = await normalize(await decode(delivery, context), delivery, context);
  const routes = Object.fromEntries(
    topics.map((each) => [each, topic === undefined || each === topic ? [queue] : []]),
  ) as unknown as Routes;
  await send(drafts, delivery, context, { ...deployment.config, routes });
}
