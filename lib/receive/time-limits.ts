import { setMaxListeners } from 'node:events';
import { LabelrelayError } from '../errors';
import type { JsonObject } from '../json/read';
import type { Delivery } from './delivery';

/**
 * Our share of the time that a sender waits. The rest is for the network, a cold start, and holding a delivery
 * that is not done.
 */
const OUR_SHARE = 0.5;
/** The least pace of normalizing on one virtual CPU, in bytes of body per millisecond. */
const BYTES_PER_MS = 8_192;
/** The most items in lists. Many small items take longer than their bytes say. */
const MAX_ITEMS = 10_000;
/** The most requests to queues: two rounds of those that are under way at once. */
export const MAX_REQUESTS = 32;

/** The time limit for the work on a delivery while its sender waits, in milliseconds. */
export const timeFor = ({ platform }: Delivery['source']): number => platform.timeoutMs * OUR_SHARE;

/**
 * Gives work a signal that aborts after some milliseconds. The timer ends with the work. That of
 * `AbortSignal.timeout` would fire for every delivery that was answered long ago.
 */
export async function within<T>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  // Many calls for one delivery may be under way.
  setMaxListeners(0, controller.signal);
  const late = (): void =>
    controller.abort(takesLong(`at most ${milliseconds} ms`, 'no answer of those that were asked'));
  const timer = setTimeout(late, milliseconds);
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** @throws LabelrelayError `takes-long` if normalizing would take longer than the sender waits */
export function expectQuickRead({ size, source }: Delivery, bodies: readonly JsonObject[]): void {
  const most = timeFor(source) * BYTES_PER_MS;
  if (size > most) throw takesLong(`at most ${most} bytes to normalize`, size);
  let items = bodies.length;
  for (const each of bodies) {
    for (const name in each) if (Array.isArray(each[name])) items += each[name].length;
  }
  if (items > MAX_ITEMS) throw takesLong(`at most ${MAX_ITEMS} things to normalize`, items);
}

export const takesLong = (expected: string, came: number | string): LabelrelayError =>
  new LabelrelayError('takes-long', `expected ${expected} while the sender waits, got ${came}`);
