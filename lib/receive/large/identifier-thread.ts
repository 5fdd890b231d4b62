import { Worker } from 'node:worker_threads';
import { beforeBody, shortened } from '../../events/identify';

/** The id of a delivery, computed while something else is. */
export interface ThreadIdentifier {
  /** Takes bytes away, which are gone then. Resolves when there is room for more. */
  take(bytes: Uint8Array): Promise<void>;
  /** To be called once, also where it is not wanted: the thread keeps what it has until then. */
  id(): Promise<string>;
}

/** What goes to the thread at once, in bytes: a message costs as much as what is done with a chunk. */
const BATCH_BYTES = 1_048_576;

/** As text, since the server is one file. It answers in the order in which it is asked. */
const THREAD = `
const { createHash } = require('node:crypto');
const { MessageChannel, parentPort } = require('node:worker_threads');
const hashes = new Map();
// What is sent there is freed at once, not when it is collected.
const nowhere = new MessageChannel().port1;
nowhere.close();
parentPort.on('message', ({ number, chunks, isLast }) => {
  const hash = hashes.get(number) ?? createHash('sha256');
  hashes.set(number, hash);
  for (const chunk of chunks) hash.update(chunk);
  nowhere.postMessage('', chunks.map(({ buffer }) => buffer));
  if (isLast) hashes.delete(number);
  parentPort.postMessage(isLast ? hash.digest('hex') : '');
});
`;

/**
 * A thread that does what `deliveryIdentifier` does. It takes as long as verifying a signature; and
 * what it takes away is not collected here, among all that the server has.
 *
 * @returns begins an id, for a delivery of a source
 */
export function identifierThread(): (source: string) => ThreadIdentifier {
  const worker = new Worker(THREAD, { eval: true });
  const waiting: ((answer: string) => void)[] = [];
  worker.on('message', (answer: string) => waiting.shift()?.(answer));
  // For it alone no process goes on.
  worker.unref();

  function ask(number: number, chunks: Uint8Array[], isLast: boolean): Promise<string> {
    const buffers = chunks.map(({ buffer }) => buffer as ArrayBuffer);
    worker.postMessage({ number, chunks, isLast }, buffers);
    return new Promise((resolve) => waiting.push(resolve));
  }

  let begun = 0;
  return (source) => {
    const number = begun++;
    let chunks = [owned(Buffer.from(beforeBody(source)))];
    let size = 0;
    let underway: Promise<unknown> = Promise.resolve();
    return {
      async take(bytes) {
        chunks.push(owned(bytes));
        size += bytes.length;
        if (size < BATCH_BYTES) return;
        const before = underway;
        underway = ask(number, chunks, false);
        chunks = [];
        size = 0;
        await before;
      },
      id: async () => shortened(await ask(number, chunks, true)),
    };
  };
}

/** What shares its memory with others cannot be taken away from them. */
const owned = (bytes: Uint8Array): Uint8Array =>
  bytes.length === bytes.buffer.byteLength ? bytes : Uint8Array.from(bytes);
