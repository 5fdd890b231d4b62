import { randomUUID } from 'node:crypto';
import { LabelrelayError } from '../../errors';
import { parseJson } from '../decode';
import { isObject } from '../read';
import type { LongItems } from './long-list';
import type { Placeholder } from './placeholder';

/** Some items of a long list, without secrets. */
export interface Batch {
  /** JSON with commas between the items. */
  readonly text: string;
  /** The items. Those of an object are pairs of name and value. */
  readonly items: unknown[];
  /** Whether they would also follow those before them if all were in memory. */
  readonly isInOrder: boolean;
  /** The texts that replace `PARTS` in the text of the items, with commas between them. They can be read once. */
  readonly parts?: AsyncIterable<string>;
}

/**
 * Removes secrets from items. It returns the same value if there are none.
 *
 * @param json a list of items, or an object of members
 * @param text its JSON text, without the brackets
 */
export type Redact = (json: unknown, text: string, placeholder: Placeholder) => unknown;

/** A single item in place of all items of a list that is only passed on. */
export const PARTS: string = randomUUID();

export const toBatchOf = (items: unknown[], parts?: AsyncIterable<string>): Batch => ({
  text: '',
  items,
  isInOrder: true,
  parts,
});

/**
 * @param before the previous batch of the same placeholder, if there is one
 * @throws LabelrelayError `undecodable`, or `not-streamable` if only a text in it is invalid JSON
 */
export function toBatch(
  placeholder: Placeholder,
  text: string,
  before: Batch | undefined,
  redact: Redact,
): Batch {
  const json = parseJson(placeholder.isObject ? `{${text}}` : `[${text}]`);
  const items = itemsIn(json);
  // Text without items has no comma before or after it.
  if (!items || (before && Math.min(items.length, before.items.length) === 0)) {
    throw new LabelrelayError(
      placeholder.isInText ? 'not-streamable' : 'undecodable',
      'expected JSON, got something else in a long list or object',
    );
  }
  const isInOrder = !placeholder.isObject || !before || isBehind(items, before.items);
  const safe = redact(json, text, placeholder);
  if (safe === json) return { text, items, isInOrder };
  return { text: withoutBrackets(safe), items: itemsIn(safe) ?? [], isInOrder };
}

const itemsIn = (json: unknown): unknown[] | undefined =>
  isObject(json) ? Object.entries(json) : Array.isArray(json) ? json : undefined;

export const withoutBrackets = (json: unknown): string => JSON.stringify(json).slice(1, -1);

/** An object in memory has members whose names are whole numbers first, in ascending order, and each name once. */
const isBehind = (members: unknown[], before: unknown[]): boolean =>
  indexOf(before.at(-1)) < indexOf(members[0]);

/** The whole number that is the name of a member; NaN, which is behind nothing, for another name. */
function indexOf(member: unknown): number {
  const [name] = member as [string];
  const index = Number(name) >>> 0;
  return String(index) === name && index < 0xffff_ffff ? index : Number.NaN;
}

/**
 * Applies the steps of long items to a batch of them.
 *
 * @throws LabelrelayError `not-streamable`
 */
export function applyTo({ items, isInOrder }: Batch, long: LongItems): unknown[] {
  if (isInOrder) return long.apply(items);
  throw new LabelrelayError('not-streamable', 'expected names in ascending order, got another');
}
