import { createHash } from 'node:crypto';
import type { BodyHash } from './body-hash';
import { piecesOf } from './pieces-of';
import type { Topic } from './topics';

/** 128 bits of a SHA-256 in hex: no two deliveries meet by chance, and the id stays readable. */
export const shortened = (sha256: string): string => sha256.slice(0, 32);

const digest = (...parts: (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return shortened(hash.digest('hex'));
};

const beforeBody = (source: string): string => `${source}\n`;

/** The same for the same bytes (of a text, its UTF-8) at the same source, whatever the unsigned headers say. */
export const identifyDelivery = (source: string, body: Uint8Array | string): string =>
  digest(beforeBody(source), ...piecesOf(body));

/** The same for a body that comes in pieces: the id is its digest, `shortened`. */
export const deliveryHash = (source: string): BodyHash => ({
  algorithm: 'sha256',
  before: beforeBody(source),
});

/**
 * The same for the same event however often it is delivered.
 *
 * @param deliveryId from `identifyDelivery`, with a draw behind it for an occurrence that the bytes
 *   do not tell from the next
 * @param index the event's place among all events of its delivery
 */
export const identifyEvent = (deliveryId: string, topic: Topic, index: number): string =>
  digest(`${deliveryId}\n${topic}\n${index}`);
