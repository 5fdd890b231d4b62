import { once } from 'node:events';
import type { Server } from 'node:http';
import { setTimeout } from 'node:timers/promises';

/** What a request and a redelivery may take from then on, in milliseconds. */
const FINISH_MS = 60_000;

/** What is given up then is cleaned up in that time. */
const ABORT_MS = 5_000;

/**
 * Takes requests for a while yet, then finishes those that are under way, and what else is. Whoever
 * takes too long is cut off: what is not answered 202 was not accepted, and what is held waits in S3.
 *
 * @param drainMs how long new requests are taken
 * @param stopOthers stops what runs beside the server
 */
export async function stopGently(
  server: Server,
  drainMs: number,
  stopOthers: () => Promise<void> | undefined,
): Promise<void> {
  await setTimeout(drainMs);
  const patience = setTimeout(FINISH_MS, 'late', { ref: false });
  const finished = Promise.all([once(server, 'close'), stopOthers()]);
  server.close();
  server.closeIdleConnections();
  if ((await Promise.race([finished, patience])) !== 'late') return;
  server.closeAllConnections();
  await setTimeout(ABORT_MS);
}
