import type { IncomingMessage } from 'node:http';

/**
 * The body, unless it is larger than the limit: then the rest is read and dropped while the answer
 * goes out, since a sender that is cut off while it writes does not read the answer.
 *
 * @param limit in bytes
 * @throws when the sender goes away before the end
 */
export function readBody(
  incoming: IncomingMessage,
  limit: number,
): Promise<Uint8Array | 'too-large'> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size =
      Number(incoming.headers['content-length'] ?? 0) > limit ? Number.POSITIVE_INFINITY : 0;
    if (size > limit) resolve('too-large');

    incoming.on('data', (chunk: Uint8Array) => {
      size += chunk.length;
      if (size <= limit) {
        chunks.push(chunk);
      } else {
        chunks.length = 0;
        resolve('too-large');
      }
    });
    incoming.on('end', () => resolve(Buffer.concat(chunks)));
    incoming.on('error', reject);
  });
}
