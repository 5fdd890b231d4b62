import type { Items } from './long/items';
import { expectInMemory, longListIn } from './long/long-list';

/** A JSON object with unknown members. */
export type JsonObject = { readonly [key: string]: unknown };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

// Each reader returns the value if it has the expected type, else undefined. A member that is missing, null or of
// another type is unknown, and an event does not have it.

export const asObject = (value: unknown): JsonObject | undefined =>
  isObject(value) ? value : undefined;

/** @throws LabelrelayError `not-streamable` if its items are not in memory */
export function asList(value: unknown): readonly unknown[] | undefined {
  if (!Array.isArray(value)) return undefined;
  expectInMemory(value);
  return value;
}

/** A list that the platform's shape says may be too long for memory. */
export const asItems = (value: unknown): Items<unknown> | undefined =>
  Array.isArray(value) ? (longListIn(value) ?? value) : undefined;

/**
 * The members of an object, in order.
 *
 * @throws LabelrelayError `not-streamable` if they are not in memory
 */
export function asEntries(value: unknown): readonly (readonly [string, unknown])[] | undefined {
  if (!isObject(value)) return undefined;
  expectInMemory(Object.keys(value));
  return Object.entries(value);
}

/** The members of an object that the platform's shape says may be too long for memory. */
export const asEntryItems = (value: unknown): Items<readonly [string, unknown]> | undefined =>
  isObject(value) ? (longListIn(Object.keys(value)) ?? Object.entries(value)) : undefined;

export const asText = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

export const asNumber = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

export const asBoolean = (value: unknown): boolean | undefined =>
  typeof value === 'boolean' ? value : undefined;

/** An id as a string, also if the platform sends a number. */
export const asId = (value: unknown): string | undefined =>
  asNumber(value)?.toString() ?? (asText(value) || undefined);

/** The object itself, or undefined if all its members are undefined. */
export function unlessEmpty<T extends object>(value: T): T | undefined {
  return Object.values(value).some((member) => member !== undefined) ? value : undefined;
}
