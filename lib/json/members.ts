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

/** What is understood of a value: what one reader reads, a list of that, or an object of such members. */
export type Form = ((value: unknown) => unknown) | { readonly [name: string]: Form };

/** As many as a small integer has for certain. */
const BITS = 30;
const NONE: ReadonlySet<string> = new Set();

/**
 * An object of a body whose members are taken one by one. What is left was not understood and is passed
 * on, so that nothing is lost because nobody reads it.
 */
export class Members {
  /**
   * A bit for each member that was taken, by its place: thousands of shapes in a label have a few members
   * each, and a set for every one would take more memory than they do.
   */
  #taken = 0;
  /** Those behind the places that have a bit. */
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

  /** A list where a platform says that it may be too long for memory. */
  items(name: string): Items<unknown> | undefined {
    return this.take(name, asItems);
  }

  inner(name: string): JsonObject | undefined {
    return this.take(name, asObject);
  }

  /** What a reader makes of a member: it is understood when that is something. */
  take<T>(name: string, read: (value: unknown) => T | undefined): T | undefined {
    const result = read(this.object[name]);
    if (result !== undefined) this.#mark(name, true);
    return result;
  }

  /** The same for a member that can hold more than is read of it: then all of it is left, too. */
  takeWhole<T>(name: string, form: Form, read: (value: unknown) => T | undefined): T | undefined {
    const value = this.object[name];
    const result = read(value);
    if (result !== undefined && isOf(value, form)) this.#mark(name, true);
    return result;
  }

  /** Members that tell nothing which is not known otherwise. */
  skip(names: readonly string[]): void {
    for (const name of names) this.#mark(name, true);
  }

  /** Passes on a member that was taken: there was more in it than is understood. */
  leave(name: string): void {
    this.#mark(name, false);
  }

  /** Whether something is left that consists of several values, as a shape does. */
  get hasHolders(): boolean {
    return Object.values(this.left ?? {}).some((value) => typeof value === 'object');
  }

  /** What was not understood, as it was received; undefined when there is nothing. */
  get left(): Record<string, unknown> | undefined {
    return leftOf(this.object, (name, _, place) => this.#isTaken(name, place));
  }

  #isTaken(name: string, place: number): boolean {
    return place < BITS ? (this.#taken & (1 << place)) !== 0 : this.#takenBehind.has(name);
  }

  #mark(name: string, isTaken: boolean): void {
    let place = 0;
    for (const its in this.object) {
      if (its === name) break;
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

/** Whether a value is nothing but that. */
export function isOf(value: unknown, form: Form): boolean {
  if (isNothing(value)) return true;
  if (Array.isArray(value)) return areOf(value, form);
  if (typeof form === 'function') return form(value) !== undefined;
  if (!isObject(value)) return false;
  for (const name in value) {
    const its = Object.hasOwn(form, name) ? form[name] : undefined;
    if (its ? !isOf(value[name], its) : !isNothing(value[name])) return false;
  }
  return true;
}

/** Apart, since a closure in there would take memory for every value, not only for lists. */
const areOf = (list: readonly unknown[], form: Form): boolean =>
  list.every((item) => isOf(item, form));
