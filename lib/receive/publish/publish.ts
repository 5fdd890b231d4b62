import { setTimeout } from 'node:timers/promises';
import { LabelrelayError } from '../../errors';
import type { EventDraft } from '../../events/draft';
import type { Message } from '../../events/message';
import type { Routes } from '../../events/queues';
import type { Context } from '../context';
import { describeError } from '../log/describe-error';
import { takesLong } from '../time-limits';
import { type Chunk, type Topical, toBatches, toChunks } from './batches';

/** The most requests at once: enough to hide the round trip, few enough not to be throttled. */
const MAX_LANES = 16;
/** The most memory for all lanes, in bytes. A lane may copy the whole body. */
const LANES_BYTES = 33_554_432;
/** The number of times that an entry is sent while its queue refuses it. */
const MAX_ATTEMPTS = 3;
const PAUSE_MS = 50;

export interface PublishSettings<D extends Topical = EventDraft> {
  readonly routes: Routes;
  /** The size of the body of the events, in bytes. Few events are larger. */
  readonly bodyBytes: number;
  /** The most requests to queues while a sender waits. */
  readonly maxRequests?: number;
  /** Makes the message of an event. @param index the index of the event in its delivery */
  readonly pack: (draft: D, index: number) => Promise<Message>;
}

/**
 * Packs every event, and sends it to every queue of its topic. A few are under way at a time, so that the messages
 * of a delivery are never all in memory. If one queue fails, the others still get their messages.
 *
 * @throws LabelrelayError `takes-long` if it would take more requests, before the first one; `unavailable` unless every
 *   queue accepted every message; or the error of `pack`
 */
export async function publish<D extends Topical>(
  drafts: readonly D[],
  settings: PublishSettings<D>,
  { queues, telemetry, signal }: Pick<Context, 'queues' | 'telemetry' | 'signal'>,
): Promise<void> {
  const { routes, bodyBytes, maxRequests = Number.POSITIVE_INFINITY, pack } = settings;
  const failed = new Set<string>();
  const chunks = toChunks(drafts);
  const requests = chunks.reduce((sum, { topic }) => sum + routes[topic].length, 0);
  if (requests > maxRequests) throw takesLong(`at most ${maxRequests} requests to send`, requests);
  const ahead = chunks.values();

  const send = async (queue: string, messages: readonly Message[]): Promise<void> => {
    let left = messages;
    for (let attempt = 1; left.length > 0; attempt++) {
      try {
        left = await queues.sendBatch(queue, left, signal);
      } catch (error) {
        // The client has retried already.
        telemetry.log('error', 'a queue could not be reached', {
          queue,
          error: describeError(error),
        });
        failed.add(queue);
        return;
      }
      if (left.length === 0) return;
      if (attempt === MAX_ATTEMPTS || signal.aborted) {
        telemetry.log('error', 'a queue refused messages', { queue, refused: left.length });
        failed.add(queue);
        return;
      }
      await pause(attempt);
    }
  };
  const sendChunk = async ({ topic, events }: Chunk<D>): Promise<void> => {
    // Redelivery retries a queue that has failed, with the whole delivery.
    const reachable = routes[topic].filter((queue) => !failed.has(queue));
    if (reachable.length === 0) return;
    const messages: Message[] = [];
    for (const { draft, index } of events) messages.push(await pack(draft, index));
    for (const batch of toBatches(messages)) {
      await Promise.all(reachable.map((queue) => send(queue, batch)));
    }
  };
  const problems: unknown[] = [];
  const lane = async (): Promise<void> => {
    for (const chunk of ahead) {
      if (signal.aborted) for (const queue of routes[chunk.topic]) failed.add(queue);
      else if (problems.length === 0) await sendChunk(chunk).catch((error) => problems.push(error));
    }
  };

  const roomFor = Math.max(1, Math.floor(LANES_BYTES / Math.max(1, bodyBytes)));
  await Promise.all(Array.from({ length: Math.min(roomFor, MAX_LANES, chunks.length) }, lane));
  if (problems.length > 0) throw problems[0];
  if (failed.size > 0) {
    throw new LabelrelayError(
      'unavailable',
      `expected every queue to accept its messages, got refusals from: ${[...failed].join(', ')}`,
    );
  }
}

/** Waits longer with each attempt, with jitter, so that senders do not retry together. */
const pause = (attempt: number): Promise<void> =>
  setTimeout(PAUSE_MS * 2 ** attempt * (0.5 + Math.random() / 2));
