import { finishHeld } from '../deliveries/finish-held';
import { type Stored, waitingKey } from '../deliveries/open-stored';
import type { Deployment } from '../deployment/deployment';

/**
 * Holds a delivery again, as one that was verified: redelivery takes it through the pipeline, to every
 * queue of its topics, with the ids and the time that it had. Its key has the time of now, since it waits
 * from now on.
 *
 * @param key where it is in the archive
 */
export async function toPipeline(
  key: string,
  stored: Stored,
  deployment: Deployment,
): Promise<void> {
  const waiting = waitingKey(key, stored.arrival);
  await stored.copy(waiting);
  // Deployed, the schedule takes it up: so many at once would take the concurrency that receive needs.
  if (deployment.secrets) await finishHeld([waiting], deployment, () => {});
}
