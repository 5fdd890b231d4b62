import { type Batch, PARTS, toBatchOf } from '../batch';
import type { Grouping } from '../long-list';
import { tooLong } from '../placeholder';
import type { GroupBuffer } from './group-buffer';

/** The memory of a string beside its text, in characters. */
const STRING_LENGTH = 40;
/** The number of parts that are joined to one string. */
const JOINED = 256;
/** The keys of groups that were given. */
const MAX_KEYS = 250_000;

/** A group as text, which takes less memory than its value. */
class ScatteredGroup {
  length: number;
  readonly #joined: string[] = [];
  #parts: string[] = [];

  /** @param key the key of the group; for an item without a key, the number of such items before it */
  constructor(
    readonly key: string | number,
    private readonly head: string,
  ) {
    this.length = head.length + STRING_LENGTH;
  }

  add(part: string): void {
    this.#parts.push(part);
    this.length += part.length + STRING_LENGTH;
    if (this.#parts.length < JOINED) return;
    this.#joined.push(this.#parts.join());
    this.#parts = [];
    this.length -= (JOINED - 1) * STRING_LENGTH;
  }

  toBatch(isPassedOn: boolean): Batch {
    const head = JSON.parse(this.head);
    const parts = [...this.#joined, ...this.#parts];
    if (isPassedOn) return toBatchOf([[head, [PARTS]]], parts);
    return toBatchOf([[head, JSON.parse(`[${parts}]`)]]);
  }
}

/**
 * Groups items that do not follow each other. Each read of all items gives as many groups as there is room for.
 */
export class ScatteredGroups implements GroupBuffer {
  readonly #given = new Set<string>();
  #aloneGiven = 0;
  #alone = 0;
  /** Groups in the order of their first items. */
  readonly #groups: ScatteredGroup[] = [];
  readonly #byKey = new Map<string | number, ScatteredGroup>();
  #length = 0;
  #isFull = false;
  #isEnded = false;

  /** @param limit the room for groups, in characters */
  constructor(
    private readonly by: Grouping<unknown, unknown, unknown>,
    private readonly limit: number,
  ) {}

  add(item: unknown): void {
    const key = this.by.key(item) ?? this.#alone++;
    const group = this.#isGiven(key) ? undefined : (this.#byKey.get(key) ?? this.#begin(key, item));
    if (!group) return;
    this.#length -= group.length;
    group.add(JSON.stringify(this.by.part(item)));
    this.#length += group.length;
    while (this.#length > this.limit && this.#groups.length > 1) this.#leaveLast();
    if (this.#length > this.#mostOfOne) throw tooLong('a list of what belongs together');
  }

  /** A group that is only passed on stays text. */
  get #mostOfOne(): number {
    return this.by.isPassedOn ? this.limit * 3 : this.limit;
  }

  #isGiven(key: string | number): boolean {
    return typeof key === 'number' ? key < this.#aloneGiven : this.#given.has(key);
  }

  #begin(key: string | number, item: unknown): ScatteredGroup | undefined {
    if (this.#isFull) return undefined;
    const group = new ScatteredGroup(key, JSON.stringify(this.by.head(item)));
    this.#length += group.length;
    this.#groups.push(group);
    this.#byKey.set(key, group);
    return group;
  }

  #leaveLast(): void {
    const last = this.#groups.pop();
    if (!last) return;
    this.#byKey.delete(last.key);
    this.#length -= last.length;
    this.#isFull = true;
  }

  *whole(): Iterable<Batch> {
    if (!this.#isEnded) return;
    this.#byKey.clear();
    // Groups that were given need no memory.
    this.#groups.reverse();
    for (let group = this.#groups.pop(); group; group = this.#groups.pop()) {
      yield group.toBatch(this.by.isPassedOn === true);
      if (typeof group.key === 'number') this.#aloneGiven = group.key + 1;
      else this.#given.add(group.key);
    }
    if (this.#given.size > MAX_KEYS) throw tooLong('lists of what belongs together');
    this.#length = 0;
    this.#alone = 0;
    this.#isFull = false;
    this.#isEnded = false;
  }

  end(): boolean {
    this.#isEnded = true;
    return this.#isFull;
  }
}
