import type { IncomingMessage } from 'node:http';

/** How much of a body that is too large is read and dropped, so that the sender sees the answer. */
const DRAIN_MS = 2_000;

/**
 * @param limit in bytes
 * @throws when the sender goes away before the end
 */
export async function readBody(
  incoming: IncomingMessage,
  limit: number,
): Promise<Uint8Array | 'too-large'> {
  if (Number(incoming.headers['content-length']) > limit) return drain(incoming);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    size += (chunk as Uint8Array).length;
    if (size > limit) return drain(incoming);
    chunks.push(chunk as Uint8Array);
  }
  if (!incoming.complete) throw new Error('the sender went away before the end of the body');
  return Buffer.concat(chunks, size);
}

/** A sender that is cut off while it writes does not read the answer: let it write for a while. */
function drain(incoming: IncomingMessage): 'too-large' {
  incoming.on('error', () => {});
  incoming.resume();
  setTimeout(() => incoming.destroy(), DRAIN_MS).unref();
  return 'too-large';
}
