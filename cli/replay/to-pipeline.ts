import { heldKey, PREFIX } from '../../lib/receive/stored/object-keys';
import type { StoredDelivery } from '../../lib/receive/stored/stored-delivery';
import { finishHeld } from '../deliveries/finish-held';
import { redeliverPorts } from '../deliveries/redeliver-ports';
import type { Deployment } from '../deployment/deployment';

/**
 * Holds a delivery again as a verified one. Redelivery then sends its events to every queue of their topics, with
 * the original ids and times. Its key contains the current time, since it waits from now on.
 */
export async function toPipeline(
  { key, arrival, inMemory }: StoredDelivery,
  deployment: Deployment,
): Promise<void> {
  const prefix = inMemory ? PREFIX.verified : PREFIX.large;
  const waiting = heldKey(prefix, { ...arrival, receivedAt: new Date() });
  await redeliverPorts(deployment).objects.copy(key, waiting);
  // In a deployment, the schedule redelivers it. Many invocations now would use up the concurrency of receive.
  if (deployment.secrets) await finishHeld([waiting], deployment, () => {});
}
