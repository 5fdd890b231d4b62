import { isNothing, leftOf } from './left-of';
import type { Items } from './long/items';
import {
  asId,
  asItems,
  asList,
  asNumber,
  asObject,
  asText,
  isObject,
  type JsonObject,
} from './read';

/** The understood part of a value: the result of a reader, a list of such, or an object of such members. */
export type Form = ((value: unknown) => unknown) | { readonly [name: string]: Form };

/** The bits that a small integer has on every engine. */
const BITS = 30;
const NONE: ReadonlySet<string> = new Set();

/**
 * Takes the members of an object of a body one by one. The members that are left were not understood. They are passed
 * on, so that nothing is lost.
 */
export class Members {
  /**
   * A bit for each taken member, by its index. A label can have thousands of shapes with a few members each, and a
   * set for each shape would take more memory than they do.
   */
  #taken = 0;
  /** Taken members whose index has no bit. */
  #takenBehind: ReadonlySet<string> = NONE;

  constructor(readonly object: JsonObject) {}

  text(name: string): string | undefined {
    return this.take(name, asText);
  }

  id(name: string): string | undefined {
    return this.take(name, asId);
  }

  number(name: string): number | undefined {
    return this.take(name, asNumber);
  }

  list(name: string): readonly unknown[] | undefined {
    return this.take(name, asList);
  }

  /** Takes a list that the platform's shape says may be too long for memory. */
  items(name: string): Items<unknown> | undefined {
    return this.take(name, asItems);
  }

  inner(name: string): JsonObject | undefined {
    return this.take(name, asObject);
  }

  /** Takes a member. It is understood if the reader returns a value. */
  take<T>(name: string, read: (value: unknown) => T | undefined): T | undefined {
    const result = read(this.object[name]);
    if (result !== undefined) this.#mark(name, true);
    return result;
  }

  /** Takes a member that can hold more than is read. If it does, all of it is left, too. */
  takeWhole<T>(name: string, form: Form, read: (value: unknown) => T | undefined): T | undefined {
    const value = this.object[name];
    const result = read(value);
    if (result !== undefined && isOf(value, form)) this.#mark(name, true);
    return result;
  }

  /** Takes members that say nothing new. */
  skip(names: readonly string[]): void {
    for (const name of names) this.#mark(name, true);
  }

  /** Puts a taken member back: it has more than is understood. */
  leave(name: string): void {
    this.#mark(name, false);
  }

  /** Whether an object or a list is left, such as a shape. */
  get hasHolders(): boolean {
    return Object.values(this.left ?? {}).some((value) => typeof value === 'object');
  }

  /** The members that were not understood, as received; undefined if there are none. */
  get left(): Record<string, unknown> | undefined {
    return leftOf(this.object, (name, _, place) => this.#isTaken(name, place));
  }

  #isTaken(name: string, place: number): boolean {
    return place < BITS ? (this.#taken & (1 << place)) !== 0 : this.#takenBehind.has(name);
  }

  #mark(name: string, isTaken: boolean): void {
    let place = 0;
    for (const member in this.object) {
      if (member === name) break;
      if (++place === BITS) break;
    }
    if (place === BITS) {
      const behind = new Set(this.#takenBehind);
      if (isTaken) behind.add(name);
      else behind.delete(name);
      this.#takenBehind = behind;
    } else if (isTaken) this.#taken |= 1 << place;
    else this.#taken &= ~(1 << place);
  }
}

/** Whether a value has nothing but the understood part. */
export function isOf(value: unknown, form: Form): boolean {
  if (isNothing(value)) return true;
  if (Array.isArray(value)) return areOf(value, form);
  if (typeof form === 'function') return form(value) !== undefined;
  if (!isObject(value)) return false;
  for (const name in value) {
    const inner = Object.hasOwn(form, name) ? form[name] : undefined;
    if (inner ? !isOf(value[name], inner) : !isNothing(value[name])) return false;
  }
  return true;
}

/** A function of its own: a closure would take memory for every value, not only for lists. */
const areOf = (list: readonly unknown[], form: Form): boolean =>
  list.every((item) => isOf(item, form));
