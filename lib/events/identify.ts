import { createHash } from 'node:crypto';
import { piecesOf } from './pieces-of';
import type { Topic } from './topics';

/** 128 bits of SHA-256 in hex: no two deliveries meet by chance, and the id stays readable. */
export const shortened = (sha256: string): string => sha256.slice(0, 32);

const digest = (...parts: (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return shortened(hash.digest('hex'));
};

/** What stands before a body where its delivery's id is computed. */
export const beforeBody = (source: string): string => `${source}\n`;

/** The same for the same bytes (of a text, its UTF-8) at the same source, whatever the unsigned headers say. */
export const identifyDelivery = (source: string, body: Uint8Array | string): string =>
  digest(beforeBody(source), ...piecesOf(body));

/** The same id, of a body that comes in pieces. */
export function deliveryIdentifier(source: string): {
  update(bytes: Uint8Array): void;
  id(): string;
} {
  const hash = createHash('sha256').update(beforeBody(source));
  return {
    update: (bytes) => void hash.update(bytes),
    id: () => shortened(hash.digest('hex')),
  };
}

/**
 * The same for the same event however often it is delivered.
 *
 * @param deliveryId from `identifyDelivery`, with a draw behind it for an occurrence that the bytes
 *   do not tell from the next
 * @param index the event's place among all events of its delivery
 */
export const identifyEvent = (deliveryId: string, topic: Topic, index: number): string =>
  digest(`${deliveryId}\n${topic}\n${index}`);
