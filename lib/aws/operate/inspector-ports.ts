import type { Config } from '../../config/read-config';
import { LabelrelayError } from '../../errors';
import type { DeadLetter, HeldLine, InspectorPorts, QueueLine } from '../../inspector/ports';
import { PREFIX } from '../../receive/stored/object-keys';
import { collect } from '../../receive/stored/stored-delivery';
import { s3StoredObjects } from '../s3/s3-stored-objects';
import { findArchived } from './find-archived';
import { heldDeliveries } from './held-deliveries';
import { toLetter } from './letter';
import { peek } from './peek';
import { readQueue } from './read-queue';
import { whereThere } from './where-there';

/** A queue of a deployment. */
export interface InspectedQueue {
  readonly name: string;
  readonly url: string;
  /** Absent for the tap, which has no worker that could fail. */
  readonly deadLetterUrl?: string;
}

/** How many dead letters of a queue are shown. */
const LETTERS = 10;
/** The most of an event's data that is read, in bytes. */
const MAX_DATA = 8_388_608;

/**
 * The parts of the inspector that read queues and the bucket. Nothing is moved or removed.
 *
 * @param ages the age of the oldest message of each queue in seconds, where it is known
 */
export function inspectorPorts(
  config: Config,
  queues: readonly InspectedQueue[],
  ages: () => Promise<ReadonlyMap<string, number>> = async () => new Map(),
): Pick<InspectorPorts, 'queues' | 'deadLetters' | 'held' | 'readData' | 'findArchived'> {
  const objects = s3StoredObjects(config);
  return {
    async queues() {
      // They are less important than the rest, and need a permission of their own.
      const known = ages().catch(() => new Map<string, number>());
      const lines = await Promise.all(queues.map((queue) => toLine(queue, config)));
      const seconds = await known;
      return lines.map((line) => ({ ...line, ageSeconds: seconds.get(line.name) }));
    },

    async deadLetters(name) {
      const url = queues.find((queue) => queue.name === name)?.deadLetterUrl;
      const messages = url && (await whereThere(peek(url, LETTERS, config)));
      if (!messages) {
        throw new LabelrelayError('not-found', 'expected a queue with dead letters, got another');
      }
      return messages.map((message): DeadLetter => toLetter(name, message));
    },

    async held() {
      const held = await heldDeliveries(config);
      return held.map(
        ({ received, ...rest }): HeldLine => ({ ...rest, received: received.toISOString() }),
      );
    },

    async readData(dataref) {
      const prefix = `s3://${config.bucket}/`;
      const key = dataref.startsWith(prefix) ? dataref.slice(prefix.length) : '';
      const found = key.startsWith(`${PREFIX.data}/`) ? await objects.open(key) : undefined;
      if (!found) return undefined;
      if (found.size <= MAX_DATA) return collect(found.chunks);
      // Closes the stream.
      for await (const _ of found.chunks) break;
      return undefined;
    },

    ...(config.archive && { findArchived: (event) => findArchived(event, config, objects) }),
  };
}

async function toLine(
  { name, url, deadLetterUrl }: InspectedQueue,
  config: Config,
): Promise<QueueLine> {
  const [queue, dead] = await Promise.all([
    readQueue(url, config),
    deadLetterUrl ? readQueue(deadLetterUrl, config) : undefined,
  ]);
  return {
    name,
    waiting: queue?.waiting,
    inFlight: queue?.inFlight,
    deadLetters: dead && dead.waiting + dead.inFlight,
  };
}
