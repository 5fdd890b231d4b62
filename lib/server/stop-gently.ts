import { once } from 'node:events';
import type { Server } from 'node:http';
import { setTimeout } from 'node:timers/promises';

/** The time limit for running requests and redeliveries after that, in milliseconds. */
const FINISH_MS = 60_000;

/** The time to clean up requests that did not finish. */
const ABORT_MS = 5_000;

/**
 * Accepts requests until load balancers have noticed the stop, then finishes running requests and other work.
 * A sender that takes too long is disconnected. Nothing is lost: its request was not answered with 202, and
 * held deliveries wait in S3.
 *
 * @param drainMs how long new requests are accepted
 * @param stopOthers stops the work that runs beside the server
 */
export async function stopGently(
  server: Server,
  drainMs: number,
  stopOthers: () => Promise<void> | undefined,
): Promise<void> {
  await setTimeout(drainMs);
  const timeLimit = setTimeout(FINISH_MS, 'late', { ref: false });
  const finished = Promise.all([once(server, 'close'), stopOthers()]);
  server.close();
  server.closeIdleConnections();
  if ((await Promise.race([finished, timeLimit])) !== 'late') return;
  server.closeAllConnections();
  await setTimeout(ABORT_MS);
}
