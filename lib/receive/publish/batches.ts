import type { Message } from '../../events/message';
import { MAX_MESSAGE_BYTES } from '../../events/queues';
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
  drafts.forEach((draft, index) => {
    let chunk = open.get(draft.topic);
    if (!chunk || chunk.events.length === BATCH_ENTRIES) {
      chunk = { topic: draft.topic, events: [] };
      open.set(draft.topic, chunk);
      chunks.push(chunk);
    }
    chunk.events.push({ draft, index });
  });
  return chunks;
}

/** Splits messages into batches of at most 1 MiB, the limit of SQS. Ten messages can exceed it. */
export function toBatches(messages: readonly Message[]): Message[][] {
  const batches: Message[][] = [];
  let room = 0;
  for (const message of messages) {
    const last = batches.at(-1);
    if (last && message.size <= room) last.push(message);
    else {
      batches.push([message]);
      room = MAX_MESSAGE_BYTES;
    }
    room -= message.size;
  }
  return batches;
}
