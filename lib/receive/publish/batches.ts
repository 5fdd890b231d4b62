import { type Message, wireSize } from '../../events/message';
import { MAX_MESSAGE_BYTES, type Routes } from '../../events/queues';
import type { Topic } from '../../events/topics';

/** The most messages in one request to SQS. */
export const BATCH_ENTRIES = 10;

/** An event before it is packed. */
export interface Topical {
  readonly topic: Topic;
}

/** Up to ten events of one topic. */
export interface Chunk<D> {
  readonly topic: Topic;
  readonly events: { readonly draft: D; readonly index: number }[];
}

export function toChunks<D extends Topical>(drafts: readonly D[]): Chunk<D>[] {
  const chunks: Chunk<D>[] = [];
  const open = new Map<Topic, Chunk<D>>();
  const isFirst = firstOfChunk();
  drafts.forEach((draft, index) => {
    const { topic } = draft;
    const event = { draft, index };
    if (isFirst(topic)) {
      const chunk = { topic, events: [event] };
      open.set(topic, chunk);
      chunks.push(chunk);
    } else open.get(topic)?.events.push(event);
  });
  return chunks;
}

/** The number of requests that send these events to every queue of their topics. */
export function countRequests(drafts: readonly Topical[], routes: Routes): number {
  const isFirst = firstOfChunk();
  let requests = 0;
  for (const { topic } of drafts) if (isFirst(topic)) requests += routes[topic].length;
  return requests;
}

/** @returns whether the next event of a topic begins a chunk */
function firstOfChunk(): (topic: Topic) => boolean {
  const counts = new Map<Topic, number>();
  return (topic) => {
    const count = counts.get(topic) ?? 0;
    counts.set(topic, count + 1);
    return count % BATCH_ENTRIES === 0;
  };
}

/** Splits messages into batches of at most 1 MiB, the limit of SQS. Ten messages can exceed it. */
export function toBatches(messages: readonly Message[]): Message[][] {
  const batches: Message[][] = [];
  let room = 0;
  for (const message of messages) {
    const size = wireSize(message);
    const last = batches.at(-1);
    if (last && size <= room) last.push(message);
    else {
      batches.push([message]);
      room = MAX_MESSAGE_BYTES;
    }
    room -= size;
  }
  return batches;
}
