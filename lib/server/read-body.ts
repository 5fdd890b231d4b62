import type { IncomingMessage } from 'node:http';

/**
 * The body, unless it is larger than the limit: then the rest is read and dropped while the answer
 * goes out, since a sender that is cut off while it writes does not read the answer.
 *
 * @param limit in bytes
 * @throws when the sender goes away before the end
 */
export async function readBody(
  incoming: IncomingMessage,
  limit: number,
): Promise<Uint8Array | 'too-large'> {
  if (Number(incoming.headers['content-length'] ?? 0) > limit) return drop(incoming);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    size += (chunk as Uint8Array).length;
    if (size > limit) return drop(incoming);
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks, size);
}

function drop(incoming: IncomingMessage): 'too-large' {
  incoming.on('error', () => {}).resume();
  return 'too-large';
}
