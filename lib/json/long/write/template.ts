import { randomUUID } from 'node:crypto';
import { isObject, type JsonObject } from '../../read';
import { applyTo, type Batch, withoutBrackets } from '../batch';
import { PendingFold } from '../fold';
import { LongItems, LongList, placeholdersOf, type Source } from '../long-list';
import { MARKS } from '../marks';

/** Where items stand in JSON text. */
export interface Slot {
  readonly source: Source;
  /** What a part of the items becomes there, without the brackets of a list; empty for none. */
  toText(batch: Batch): string;
  /** To be called behind the last item. @returns what stands there of all of them; empty for nothing */
  end?(): string;
}

/** JSON text with slots in it: one more text than slots. */
export interface Template {
  readonly texts: readonly string[];
  readonly slots: readonly Slot[];
}

const SLOT = randomUUID();
const SLOTS = new RegExp(`"${SLOT}:(\\d+)"(?::0)?`);

/**
 * What was made of a body: its lists know what is done with their items. What is only passed on of it can
 * have placeholders as well.
 */
export function dataTemplate(data: object): Template {
  const slots: Slot[] = [];
  const placeholders = new PlaceholderOrder();
  const slotOf = (slot: Slot): string => `${SLOT}:${slots.push(slot) - 1}`;
  const withFolds = (object: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(object).map(([name, value]) =>
        value instanceof PendingFold ? [slotOf(foldSlot(name, value)), 0] : [name, value],
      ),
    );
  const text = JSON.stringify(data, (_, value) => {
    if (value instanceof LongList) return value.items;
    if (value instanceof LongItems) return slotOf(itemsSlot(value));
    return isObject(value) ? withFolds(placeholders.inOrder(value)) : value;
  });
  const parts = text.split(SLOTS);
  const [first, ...others] = parts.filter((_, index) => index % 2 === 0).map(passedOn);
  const template = { texts: [...(first?.texts ?? [])], slots: [...(first?.slots ?? [])] };
  for (const [index, other] of others.entries()) {
    // A fold was numbered before the lists that stand before it.
    const at = Number(parts[2 * index + 1]);
    template.slots.push(...slots.slice(at, at + 1), ...other.slots);
    template.texts.push(...other.texts);
  }
  return template;
}

const itemsSlot = (items: LongItems): Slot => ({
  source: items.source,
  toText: (batch) => withoutBrackets(applyTo(batch, items)),
});

/** A member that is known behind the last item. */
function foldSlot(name: string, { items, by }: PendingFold): Slot {
  let state = by.begin();
  return {
    source: items.source,
    toText(batch) {
      for (const item of applyTo(batch, items)) by.add(state, item);
      return '';
    },
    end() {
      const value = by.end(state);
      state = by.begin();
      return value === undefined ? '' : withoutBrackets({ [name]: value });
    },
  };
}

const NONE = -1;

/** Where the first of the placeholders is that a value has items from, and behind it what is made of all of them. */
class PlaceholderOrder {
  /** What is asked again on each level around it. */
  readonly #known = new Map<object, number>();

  /**
   * Members that have placeholders come last, in the order of the body, and what is made of all items of a
   * list behind the list: so that it is read but once.
   */
  inOrder(object: JsonObject): JsonObject {
    const members = Object.entries(object).map((entry) => ({
      entry,
      placeholder: this.#first(entry[1]),
    }));
    if (members.filter(({ placeholder }) => placeholder >= 0).length < 2) return object;
    return Object.fromEntries(
      members.sort((a, b) => a.placeholder - b.placeholder).map(({ entry }) => entry),
    );
  }

  /** @returns -1 where there is none */
  #first(value: unknown): number {
    if (value instanceof LongItems) return placeholdersOf(value.source)[0] ?? NONE;
    if (value instanceof LongList) return this.#first(value.items);
    if (value instanceof PendingFold) return this.#first(value.items) + 0.5;
    if (typeof value !== 'object' || value === null) return NONE;
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    let first = NONE;
    for (const member of Object.values(value)) {
      const placeholder = this.#first(member);
      if (placeholder >= 0 && (first < 0 || placeholder < first)) first = placeholder;
    }
    this.#known.set(value, first);
    return first;
  }
}

/** A body itself, or a part of it, without what must not travel on. */
export const nativeTemplate = (native: unknown): Template => passedOn(JSON.stringify(native));

/** JSON in which placeholders are still marks: what they hold stands there as it was received. */
function passedOn(text: string): Template {
  const parts = text.split(MARKS);
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
