/**
 * How long a deletion is remembered, in milliseconds: longer than a message can live in a queue, its dead-
 * letter queue and the hold together.
 */
export const TOMBSTONE_MS = 90 * 86_400_000;
