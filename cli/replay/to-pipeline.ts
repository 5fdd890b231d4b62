import { finishHeld } from '../deliveries/finish-held';
import { type Stored, waitingKey } from '../deliveries/open-stored';
import type { Deployment } from '../deployment/deployment';

/**
 * Holds a delivery again as a verified one. Redelivery then sends its events to every queue of their topics, with
 * the original ids and times. Its key contains the current time, since it waits from now on.
 *
 * @param key its key in the archive
 */
export async function toPipeline(
  key: string,
  stored: Stored,
  deployment: Deployment,
): Promise<void> {
  const waiting = waitingKey(key, stored.arrival);
  await stored.copy(waiting);
  // In a deployment, the schedule redelivers it. Many invocations now would use up the concurrency of receive.
  if (deployment.secrets) await finishHeld([waiting], deployment, () => {});
}
