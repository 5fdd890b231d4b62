import { hash } from 'node:crypto';
import { type BodyHash, hashBody } from './body-hash';
import type { Topic } from './topics';

/** The first 128 bits of a SHA-256 in hex. Collisions are negligible, and the id stays readable. */
export const shortened = (sha256: string): string => sha256.slice(0, 32);

const digest = (text: string): string => shortened(hash('sha256', text));

const sourcePrefix = (source: string): string => `${source}\n`;

/** Identifies a delivery by its source and bytes (the UTF-8 of a text). Unsigned headers have no influence. */
export const identifyDelivery = (source: string, body: Uint8Array | string): string =>
  shortened(hashBody(deliveryHash(source), body));

/** Identifies a delivery that arrives in pieces: the id is the digest, `shortened`. */
export const deliveryHash = (source: string): BodyHash => ({
  algorithm: 'sha256',
  prefix: sourcePrefix(source),
});

/**
 * Identifies an event. Repeated deliveries of the same event have the same id.
 *
 * @param deliveryId from `identifyDelivery`, followed by a random id if two occurrences can have the same
 *   bytes
 * @param index the index of the event in its delivery
 */
export const identifyEvent = (deliveryId: string, topic: Topic, index: number): string =>
  digest(`${deliveryId}\n${topic}\n${index}`);

/**
 * Identifies an event that the platform never sent. Two searches that find the same state give the same id, which sorts
 * after the ids of all deliveries.
 */
export const identifyRecovered = (source: string, subject: string, sequence: string): string =>
  `recovered-${digest(`${source}\n${subject}\n${sequence}`)}`;

/**
 * Identifies an event that is derived from others.
 *
 * @param parts what tells it from all other events of its type
 */
export const identifyDerived = (...parts: readonly (string | number)[]): string =>
  digest(JSON.stringify(parts));
