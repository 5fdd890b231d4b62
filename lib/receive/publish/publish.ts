import { setTimeout } from 'node:timers/promises';
import { LabelrelayError } from '../../errors';
import type { EventDraft } from '../../events/draft';
import type { Message } from '../../events/message';
import type { Routes } from '../../events/queues';
import type { Context } from '../context';
import { describeError } from '../log/describe-error';
import { type Chunk, toBatches, toChunks } from './batches';

/** Requests under way at once: enough to hide the round trip, few enough not to be throttled. */
const MAX_LANES = 16;
/** What bodies that messages are made of may come to together, in bytes: a lane may copy its whole. */
const LANES_BYTES = 33_554_432;
/** How often entries that a queue refused are sent in all. */
const MAX_ATTEMPTS = 3;
const PAUSE_MS = 50;

export interface PublishSettings {
  readonly routes: Routes;
  /** The size of the body that the events came in, in bytes: few of them are larger. */
  readonly bodyBytes: number;
  /** Makes the message of an event, given its place among all events of the delivery. */
  readonly pack: (draft: EventDraft, index: number) => Promise<Message>;
}

/**
 * Packs every event and sends it to every queue of its topic, a few at a time: a delivery of many
 * events is never all in memory. One queue that fails does not keep the others from theirs.
 *
 * @throws LabelrelayError `unavailable` unless every queue accepted every message, and what `pack`
 *   throws
 */
export async function publish(
  drafts: readonly EventDraft[],
  settings: PublishSettings,
  { queues, telemetry, signal }: Pick<Context, 'queues' | 'telemetry' | 'signal'>,
): Promise<void> {
  const failed = new Set<string>();
  const chunks = toChunks(drafts).values();

  const send = async (queue: string, messages: readonly Message[]): Promise<void> => {
    let left = messages;
    for (let attempt = 1; left.length > 0; attempt++) {
      try {
        left = await queues.sendBatch(queue, left, signal);
      } catch (error) {
        // The client has tried it several times by now.
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
  const sendChunk = async ({ topic, events }: Chunk): Promise<void> => {
    // A queue that has failed will be tried again with the whole delivery.
    const reachable = settings.routes[topic].filter((queue) => !failed.has(queue));
    if (reachable.length === 0) return;
    const messages: Message[] = [];
    for (const { draft, index } of events) messages.push(await settings.pack(draft, index));
    for (const batch of toBatches(messages)) {
      await Promise.all(reachable.map((queue) => send(queue, batch)));
    }
  };
  const problems: unknown[] = [];
  const lane = async (): Promise<void> => {
    for (const chunk of chunks) {
      if (signal.aborted) for (const queue of settings.routes[chunk.topic]) failed.add(queue);
      else if (problems.length === 0) await sendChunk(chunk).catch((error) => problems.push(error));
    }
  };

  const lanes = Math.floor(LANES_BYTES / Math.max(1, settings.bodyBytes));
  await Promise.all(Array.from({ length: Math.min(Math.max(1, lanes), MAX_LANES) }, lane));
  if (problems.length > 0) throw problems[0];
  if (failed.size > 0) {
    throw new LabelrelayError(
      'unavailable',
      `expected every queue to accept its messages, got refusals from: ${[...failed].join(', ')}`,
    );
  }
}

/** Longer from time to time, and never the same for two, so that they do not come back together. */
const pause = (attempt: number): Promise<void> =>
  setTimeout(PAUSE_MS * 2 ** attempt * (0.5 + Math.random() / 2));
