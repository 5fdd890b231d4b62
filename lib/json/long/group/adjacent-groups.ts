import { type Batch, toBatchOf } from '../batch';
import type { Group } from '../group-by';
import type { Grouping } from '../long-list';
import { tooLong } from '../placeholder';
import { type GroupBuffer, NotAdjacent } from './group-buffer';
import { SeenKeys } from './seen-keys';

/** The most items of a group in memory. */
const MAX_RUN = 16;
/** The most keys. They take 80 MB. */
const MAX_KEYS = 5_000_000;

/** Groups items that follow each other. A complete group is given at once, and not kept. */
export class AdjacentGroups implements GroupBuffer {
  readonly #seen = new SeenKeys();
  #whole: Group<unknown, unknown[]>[] = [];
  #key: string | undefined;
  #group: Group<unknown, unknown[]> | undefined;
  #length = 0;

  /** @param limit the longest text of a group without its last item, in characters */
  constructor(
    private readonly by: Grouping<unknown, unknown, unknown>,
    private readonly limit: number,
  ) {}

  add(item: unknown, length: number): void {
    const key = this.by.key(item);
    if (key === undefined || key !== this.#key) this.#begin(key, item);
    const parts = this.#group?.[1] ?? [];
    if (parts.length === MAX_RUN || this.#length > this.limit) throw new NotAdjacent();
    parts.push(this.by.part(item));
    this.#length += length;
  }

  #begin(key: string | undefined, item: unknown): void {
    if (key !== undefined && !this.#seen.add(key)) throw new NotAdjacent();
    if (this.#seen.count > MAX_KEYS) throw tooLong('lists of what belongs together');
    this.end();
    this.#key = key;
    this.#length = 0;
    this.#group = [this.by.head(item), []];
  }

  whole(): Batch[] {
    const whole = this.#whole;
    this.#whole = [];
    return whole.length === 0 ? [] : [toBatchOf(whole)];
  }

  end(): void {
    if (this.#group) this.#whole.push(this.#group);
    this.#group = undefined;
    this.#key = undefined;
  }
}
