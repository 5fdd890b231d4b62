import { Worker } from 'node:worker_threads';
import type { BodyHash } from '../../events/body-hash';

/** The digests of a body, computed while something else is done with it. */
export interface ThreadDigests {
  /**
   * Takes away the buffer that the bytes are in, which must be their own. Resolves when there is room for
   * more.
   */
  take(bytes: Uint8Array): Promise<void>;
  /**
   * To be called once, also where they are not wanted: the thread keeps what it has until then.
   *
   * @returns one for each hash, in hex
   */
  conclude(): Promise<readonly string[]>;
}

/** What goes to the thread at once, in bytes: a message costs as much as what is done with a chunk. */
const BATCH_BYTES = 1_048_576;

/** How many batches it may have: so many that it never waits for the next. */
const MAX_UNDERWAY = 4;

/** As text, since the server is one file. It answers in the order in which it is asked. */
const THREAD = `
const { createHash, createHmac } = require('node:crypto');
const { MessageChannel, parentPort } = require('node:worker_threads');
const bodies = new Map();
// What is sent there is freed at once, not when it is collected.
const nowhere = new MessageChannel().port1;
nowhere.close();
const begin = ({ algorithm, key, isKeyPrepended, before = '' }) =>
  key && !isKeyPrepended
    ? createHmac(algorithm, key).update(before)
    : createHash(algorithm).update(key?.export() ?? '').update(before);
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
 * A thread that does what `beginHash` begins: to verify a large body, and to identify it, take as long
 * as all else that is done with it. What the thread takes away is not collected here, among all that the
 * server has.
 *
 * @returns begins the digests of a body
 */
export function digestThread(): (hashes: readonly BodyHash[]) => ThreadDigests {
  const worker = new Worker(THREAD, { eval: true });
  const waiting: ((digests: readonly string[]) => void)[] = [];
  worker.on('message', (digests: readonly string[]) => waiting.shift()?.(digests));
  // For it alone no process goes on.
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
