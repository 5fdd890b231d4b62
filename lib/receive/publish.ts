import { LabelrelayError } from '../errors';
import { type Message, wireSize } from '../events/message';
import { MAX_MESSAGE_BYTES } from '../events/queues';
import { describeError } from './describe-error';
import type { Ports } from './ports';

const BATCH_ENTRIES = 10;
/** Requests under way at once: enough to hide the round trip, few enough not to be throttled. */
const LANES = 16;

/** A message and the queues it goes to. */
export interface Addressed {
  readonly message: Message;
  readonly queues: readonly string[];
}

interface Batch {
  readonly queue: string;
  readonly messages: readonly Message[];
}

/**
 * Sends every message to every queue of its route. All are tried, also when one fails.
 *
 * @throws LabelrelayError `unavailable` unless every queue accepted every message
 */
export async function publish(
  addressed: readonly Addressed[],
  { queues, telemetry }: Pick<Ports, 'queues' | 'telemetry'>,
): Promise<void> {
  const failed = new Set<string>();
  const batches = toBatches(addressed).values();

  const lane = async (): Promise<void> => {
    for (const { queue, messages } of batches) {
      const accepted = await queues.sendBatch(queue, messages).catch((error: unknown) => {
        telemetry.log('error', 'a queue could not be reached', {
          queue,
          error: describeError(error),
        });
        return 0;
      });
      if (accepted !== messages.length) failed.add(queue);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));

  if (failed.size > 0) {
    throw new LabelrelayError(
      'unavailable',
      `expected every queue to accept its messages, got refusals from: ${[...failed].join(', ')}`,
    );
  }
}

/** Batches within SQS's limits: 10 messages, and 1 MiB of all together. */
function toBatches(addressed: readonly Addressed[]): Batch[] {
  const byQueue = new Map<string, Message[]>();
  for (const { message, queues } of addressed) {
    for (const queue of queues) {
      const messages = byQueue.get(queue);
      if (messages) messages.push(message);
      else byQueue.set(queue, [message]);
    }
  }
  return [...byQueue].flatMap(([queue, messages]) =>
    chunk(messages).map((batch) => ({ queue, messages: batch })),
  );
}

function chunk(messages: readonly Message[]): Message[][] {
  const chunks: Message[][] = [];
  let current: Message[] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = wireSize(message);
    if (
      current.length === BATCH_ENTRIES ||
      (current.length > 0 && bytes + size > MAX_MESSAGE_BYTES)
    ) {
      chunks.push(current);
      current = [];
      bytes = 0;
    }
    current.push(message);
    bytes += size;
  }
  if (current.length > 0) chunks.push(current);
  return chunks;
}
