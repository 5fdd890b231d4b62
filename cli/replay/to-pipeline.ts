import { PREFIX } from '../../lib/receive/object-keys';
import { finishHeld } from '../deliveries/finish-held';
import { redeliverPorts } from '../deliveries/redeliver-ports';
import type { Deployment } from '../deployment/deployment';
import type { Archived } from './archived';

/**
 * Holds a delivery again, as one that was verified: redelivery takes it through the pipeline, to every
 * queue of its topics, with the ids and the time that it had. Its key has the time of now, since it waits
 * from now on.
 */
export async function toPipeline(
  { record, delivery: { source, draw } }: Archived,
  deployment: Deployment,
): Promise<void> {
  const key = `${PREFIX.verified}/${new Date().toISOString()}-${source.name}-${draw}`;
  await redeliverPorts(deployment).objects.put(key, record);
  // Deployed, the schedule takes it up: so many at once would take the concurrency that receive needs.
  if (deployment.secrets) await finishHeld([key], deployment, () => {});
}
