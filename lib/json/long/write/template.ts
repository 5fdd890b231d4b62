import { randomUUID } from 'node:crypto';
import { isObject, type JsonObject } from '../../read';
import { applyTo, type Batch, withoutBrackets } from '../batch';
import { PendingFold } from '../fold';
import { LongItems, LongList, placeholdersOf, type Source } from '../long-list';
import { MARKS } from '../marks';

/** A place for items in JSON text. */
export interface Slot {
  readonly source: Source;
  /** The text of some items, without the brackets of a list; empty for none. */
  toText(batch: Batch): string;
  /** To be called after the last item. @returns the text for all items together; empty for none */
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
 * The template of an event's data. Its long lists have steps for their items. Parts of the body that are only passed
 * on can have placeholders as well.
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
    if (value instanceof LongItems) return slotOf(new ItemsSlot(value));
    return isObject(value) ? withFolds(placeholders.inOrder(value)) : value;
  });
  // A fold was numbered before the lists in front of it.
  const numbered = (number: string): Template => ({
    texts: [],
    slots: [slots[Number(number)] as Slot],
  });
  const parts = text
    .split(SLOTS)
    .map((part, index) => (index % 2 === 0 ? passedOn(part) : numbered(part)));
  return {
    texts: parts.flatMap(({ texts }) => texts),
    slots: parts.flatMap((part) => part.slots),
  };
}

/** The slot of a list. It is a class because there can be thousands: a closure for each takes four times the memory. */
class ItemsSlot implements Slot {
  constructor(private readonly items: LongItems) {}

  get source(): Source {
    return this.items.source;
  }

  toText(batch: Batch): string {
    return withoutBrackets(applyTo(batch, this.items));
  }
}

/** The slot of a member that is known after the last item. */
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
      return withoutBrackets({ [name]: value });
    },
  };
}

const NONE = -1;

/** Orders members by the first placeholder that their items come from. A fold comes after its list. */
class PlaceholderOrder {
  /** A cache: each level around a value asks for it again. */
  readonly #known = new Map<object, number>();

  /** Puts members with placeholders last, in the order of the body, so that it is read once. */
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

  /** @returns the number of the first placeholder; -1 if there is none */
  #first(value: unknown): number {
    if (value instanceof LongItems) return placeholdersOf(value.source)[0] ?? NONE;
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

/** The template of a body, or of a part of it, without secrets. */
export const nativeTemplate = (native: unknown): Template => passedOn(JSON.stringify(native));

const asReceived = ({ text }: Batch): string => text;
const inText = ({ text }: Batch): string => JSON.stringify(text).slice(1, -1);

/** The template of JSON whose marks are replaced by the items as they were received. */
function passedOn(text: string): Template {
  const parts = text.split(MARKS);
  const slots: Slot[] = [];
  for (let at = 1; at < parts.length; at += 3) {
    const toText = parts[at] === '\\' ? inText : asReceived;
    slots.push({ source: Number(parts[at + 1]), toText });
  }
  return { texts: parts.filter((_, index) => index % 3 === 0), slots };
}
