import { connect } from 'node:net';
import type { GatewayEvent } from './deliveries/to-event';

/** The bytes of a delivery as its platform sends it. */
export function toRequest({ rawPath, headers, body = '' }: GatewayEvent): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST ${rawPath} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
}

/**
 * Sends the same request from several senders. Each has a connection, and waits for its answer.
 *
 * @param count the number of requests from all senders together
 * @returns the answers in a millisecond
 * @throws unless each of them is 202
 */
export async function sendFrom(
  senders: number,
  count: number,
  { port, request }: { port: number; request: Uint8Array },
): Promise<number> {
  let left = count;
  const send = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      let answer = '';
      const next = (): void => {
        if (left-- > 0) return void socket.write(request);
        socket.end();
        resolve();
      };
      socket.once('error', reject);
      socket.once('close', () => reject(new Error('expected an open connection, it was closed')));
      socket.once('connect', next);
      socket.on('data', (chunk) => {
        answer += chunk;
        // The body of an answer is one object.
        if (!answer.endsWith('}')) return;
        if (!answer.startsWith('HTTP/1.1 202')) return reject(new Error(answer));
        answer = '';
        next();
      });
    });
  const began = performance.now();
  await Promise.all(Array.from({ length: senders }, send));
  return count / (performance.now() - began);
}
