import { randomUUID } from 'node:crypto';
import { isObject, type JsonObject } from '../../platforms/read';
import { holesOf, MARKS, type Source, StreamedItems, StreamedList } from '../../platforms/streamed';
import { type Batch, itemsOf, withoutBrackets } from './batch';

/** Where items stand in JSON text. */
export interface Slot {
  readonly source: Source;
  /** What a part of the items becomes there, without the brackets of a list; empty for none. */
  toText(batch: Batch): string;
}

/** JSON text with slots in it: one more text than slots. */
export interface Template {
  readonly texts: readonly string[];
  readonly slots: readonly Slot[];
}

const SLOT = randomUUID();
const SLOTS = new RegExp(`"${SLOT}:(\\d+)"`);

/** What was made of a body: its lists know what is done with their items. */
export function dataTemplate(data: object): Template {
  const lists: StreamedList[] = [];
  const slotOf = (list: StreamedList): string => `${SLOT}:${lists.push(list) - 1}`;
  const text = JSON.stringify(data, (_, value) => {
    if (value instanceof StreamedList) return [slotOf(value)];
    if (value instanceof StreamedItems) return slotOf(value.list);
    return isObject(value) ? inOrder(value) : value;
  });
  const parts = text.split(SLOTS);
  return {
    texts: parts.filter((_, index) => index % 2 === 0),
    slots: lists.map((list) => ({
      source: list.source,
      toText: (batch) => withoutBrackets(itemsOf(list, batch)),
    })),
  };
}

/** Members that have holes come last, in the order of the body: so that it is read but once. */
function inOrder(object: JsonObject): JsonObject {
  const members = Object.entries(object).map((entry) => ({ entry, hole: firstHole(entry[1]) }));
  if (members.filter(({ hole }) => hole >= 0).length < 2) return object;
  return Object.fromEntries(members.sort((a, b) => a.hole - b.hole).map(({ entry }) => entry));
}

/** @returns -1 where there is none */
function firstHole(value: unknown): number {
  if (value instanceof StreamedItems) return firstHole(value.list);
  if (value instanceof StreamedList) return holesOf(value.source)[0] ?? -1;
  return Array.isArray(value) ? firstHole(value.find((item) => item instanceof StreamedItems)) : -1;
}

/** A body itself, or a part of it, without what must not travel on. */
export function nativeTemplate(native: unknown): Template {
  const parts = JSON.stringify(native).split(MARKS);
  const slots: Slot[] = [];
  for (let at = 1; at < parts.length; at += 3) {
    const isText = parts[at] === '\\';
    slots.push({
      source: Number(parts[at + 1]),
      toText: ({ text }) => (isText ? JSON.stringify(text).slice(1, -1) : text),
    });
  }
  return { texts: parts.filter((_, index) => index % 3 === 0), slots };
}
