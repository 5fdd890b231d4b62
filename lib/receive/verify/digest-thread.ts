import { Worker } from 'node:worker_threads';
import type { BodyHash } from '../../events/body-hash';

/** Computes the digests of a body in another thread. */
export interface ThreadDigests {
  /**
   * Takes away the buffer that the bytes are in, which must be their own. Resolves when there is room for
   * more.
   */
  take(bytes: Uint8Array): Promise<void>;
  /**
   * To be called once, also if the digests are not needed: it frees the memory of the thread.
   *
   * @returns a digest for each hash, in hex
   */
  conclude(): Promise<readonly string[]>;
}

/** The size of a message to the thread, in bytes. A message costs as much as the work on a chunk. */
const BATCH_BYTES = 1_048_576;

/** The most batches in the thread at once: so many that it never waits for the next one. */
const MAX_UNDERWAY = 4;

/** The code of the thread is text, since the server is one file. It answers in the order of the questions. */
const THREAD = `
const { createHash, createHmac } = require('node:crypto');
const { MessageChannel, parentPort } = require('node:worker_threads');
const bodies = new Map();
// A buffer that is sent to a closed port is freed at once, without the garbage collector.
const nowhere = new MessageChannel().port1;
nowhere.close();
const begin = ({ algorithm, key, isKeyPrepended, prefix = '' }) =>
  key && !isKeyPrepended
    ? createHmac(algorithm, key).update(prefix)
    : createHash(algorithm).update(key?.export() ?? '').update(prefix);
const steps = {
  begin: (number, hashes) => bodies.set(number, hashes.map(begin)),
  take: (number, chunks) => {
    for (const hash of bodies.get(number)) for (const chunk of chunks) hash.update(chunk);
    nowhere.postMessage('', chunks.map(({ buffer }) => buffer));
  },
  conclude: (number) => {
    const digests = bodies.get(number).map((hash) => hash.digest('hex'));
    bodies.delete(number);
    return digests;
  },
};
parentPort.on('message', ([step, number, given]) => {
  const digests = steps[step](number, given);
  if (step !== 'begin') parentPort.postMessage(digests ?? []);
});
`;

/**
 * Starts a thread that computes digests like `beginHash`. The digests of a large body take as long as all other work
 * on it. The buffers that go to the thread do not burden the garbage collector of the server.
 *
 * @returns a function that begins the digests of a body
 */
export function digestThread(): (hashes: readonly BodyHash[]) => ThreadDigests {
  const worker = new Worker(THREAD, { eval: true });
  const waiting: ((digests: readonly string[]) => void)[] = [];
  worker.on('message', (digests: readonly string[]) => waiting.shift()?.(digests));
  // The thread alone does not keep the process running.
  worker.unref();

  const answer = () => new Promise<readonly string[]>((resolve) => waiting.push(resolve));

  let begun = 0;
  return (hashes) => {
    const number = begun++;
    worker.postMessage(['begin', number, hashes]);
    const underway: Promise<unknown>[] = [];
    let chunks: Uint8Array[] = [];
    let size = 0;

    function send(): void {
      const buffers = chunks.map(({ buffer }) => buffer as ArrayBuffer);
      worker.postMessage(['take', number, chunks], buffers);
      underway.push(answer());
      chunks = [];
      size = 0;
    }

    return {
      async take(bytes) {
        chunks.push(bytes);
        size += bytes.length;
        if (size < BATCH_BYTES) return;
        send();
        if (underway.length > MAX_UNDERWAY) await underway.shift();
      },
      conclude() {
        send();
        worker.postMessage(['conclude', number]);
        return answer();
      },
    };
  };
}
