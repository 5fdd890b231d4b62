import { randomUUID } from 'node:crypto';
import { LabelrelayError } from '../../errors';
import { parseJson } from '../decode';
import { isObject } from '../read';
import type { LongItems } from './long-list';
import type { Placeholder } from './placeholder';

/** Some items of something long, without what must not travel on. */
export interface Batch {
  /** As JSON, with commas between them. */
  readonly text: string;
  /** Of an object, its members as pairs of name and value. */
  readonly items: unknown[];
  /** Whether they come behind those before them also where all are in memory. */
  readonly isInOrder: boolean;
  /** What stands in place of `PARTS` in the text that is made of them, with commas in between. */
  readonly parts?: readonly string[];
}

/**
 * Takes out of items what must not travel on: it returns the same value when there is nothing.
 *
 * @param json a list of items, or an object of members
 * @param text what it was parsed from, without the brackets
 */
export type Redact = (json: unknown, text: string, placeholder: Placeholder) => unknown;

/** An item that stands for others in a list that nobody looks into. */
export const PARTS: string = randomUUID();

export const toBatchOf = (items: unknown[], parts?: readonly string[]): Batch => ({
  text: '',
  items,
  isInOrder: true,
  parts,
});

/**
 * @param before the batch of the same placeholder that came before, if there was one
 * @throws LabelrelayError `undecodable`, or `not-streamable` when only JSON in text is none
 */
export function toBatch(
  placeholder: Placeholder,
  text: string,
  before: Batch | undefined,
  redact: Redact,
): Batch {
  const json = parseJson(placeholder.isObject ? `{${text}}` : `[${text}]`);
  const items = itemsIn(json);
  // What has no items has no comma, neither before nor behind it.
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

/**
 * An object in memory has members with whole numbers for names first, the least of them before all, and
 * one of each name.
 */
function isBehind(members: unknown[], before: unknown[]): boolean {
  const [last, first] = [before.at(-1), members[0]].map(indexOf);
  return last !== undefined && first !== undefined && last < first;
}

function indexOf(member: unknown): number | undefined {
  const [name] = member as [string];
  const index = Number(name) >>> 0;
  return String(index) === name && index < 0xffff_ffff ? index : undefined;
}

/**
 * What long items become of a part of them.
 *
 * @throws LabelrelayError `not-streamable`
 */
export function applyTo({ items, isInOrder }: Batch, long: LongItems): unknown[] {
  if (isInOrder) return long.apply(items);
  throw new LabelrelayError('not-streamable', 'expected names in ascending order, got another');
}
