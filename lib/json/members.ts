import {
  asEntries,
  asId,
  asList,
  asNumber,
  asObject,
  asText,
  isObject,
  type JsonObject,
} from './read';

/** What is understood of a value: what one reader reads, a list of that, or an object of such members. */
export type Form = ((value: unknown) => unknown) | { readonly [name: string]: Form };

/**
 * An object of a body whose members are taken one by one. What is left was not understood and is passed
 * on, so that nothing is lost because nobody reads it.
 */
export class Members {
  readonly #taken = new Set<string>();

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

  inner(name: string): JsonObject | undefined {
    return this.take(name, asObject);
  }

  entries(name: string): ReturnType<typeof asEntries> {
    return this.take(name, asEntries);
  }

  /** What a reader makes of a member: it is understood when that is something. */
  take<T>(name: string, read: (value: unknown) => T | undefined): T | undefined {
    const result = read(this.object[name]);
    if (result !== undefined) this.#taken.add(name);
    return result;
  }

  /** The same for a member that can hold more than is read of it: then all of it is left, too. */
  takeWhole<T>(name: string, form: Form, read: (value: unknown) => T | undefined): T | undefined {
    const value = this.object[name];
    const result = read(value);
    if (result !== undefined && isOf(value, form)) this.#taken.add(name);
    return result;
  }

  /** Members that tell nothing which is not known otherwise. */
  skip(...names: string[]): void {
    for (const name of names) this.#taken.add(name);
  }

  /** Passes on a member that was taken: there was more in it than is understood. */
  leave(name: string): void {
    this.#taken.delete(name);
  }

  /** Whether something is left that consists of several values, as a shape does. */
  get hasHolders(): boolean {
    return this.#left().some(([, value]) => typeof value === 'object');
  }

  /** What was not understood, as it was received; undefined when there is nothing. */
  get left(): Record<string, unknown> | undefined {
    const left = this.#left();
    return left.length > 0 ? Object.fromEntries(left) : undefined;
  }

  #left(): [string, unknown][] {
    const left: [string, unknown][] = [];
    for (const name of Object.keys(this.object)) {
      const value = this.object[name];
      if (!this.#taken.has(name) && !isNothing(value)) left.push([name, value]);
    }
    return left;
  }
}

/** Whether a value is nothing but that. */
export function isOf(value: unknown, form: Form): boolean {
  if (isNothing(value)) return true;
  if (Array.isArray(value)) return value.every((item) => isOf(item, form));
  if (typeof form === 'function') return form(value) !== undefined;
  return (
    isObject(value) &&
    Object.entries(value).every(([name, member]) => {
      const its = Object.hasOwn(form, name) ? form[name] : undefined;
      return its ? isOf(member, its) : isNothing(member);
    })
  );
}

/** An empty value says nothing. */
export function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}
