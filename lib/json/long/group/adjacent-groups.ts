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

/** A group whose items follow each other. */
interface Row {
  readonly key: string | undefined;
  readonly group: Group<unknown, unknown[]>;
  /** The length of the text of its items, in characters. */
  length: number;
}

/** Groups items that follow each other. A complete group is given at once, and not kept. */
export class AdjacentGroups implements GroupBuffer {
  readonly #seen = new SeenKeys();
  #whole: Group<unknown, unknown[]>[] = [];
  #row: Row | undefined;

  /**
   * @param limit the longest text of a group without its last item, in characters
   * @param maxKeys for tests
   */
  constructor(
    private readonly by: Grouping<unknown, unknown, unknown>,
    private readonly limit: number,
    private readonly maxKeys = MAX_KEYS,
  ) {}

  add(item: unknown, length: number): void {
    const key = this.by.key(item);
    const row = key !== undefined && this.#row?.key === key ? this.#row : this.#begin(key, item);
    const [, parts] = row.group;
    if (parts.length === MAX_RUN || row.length > this.limit) throw new NotAdjacent();
    parts.push(this.by.part(item));
    row.length += length;
  }

  #begin(key: string | undefined, item: unknown): Row {
    if (key !== undefined && !this.#seen.add(key)) throw new NotAdjacent();
    if (this.#seen.count > this.maxKeys) throw tooLong('lists of what belongs together');
    this.end();
    this.#row = { key, group: [this.by.head(item), []], length: 0 };
    return this.#row;
  }

  whole(): Batch[] {
    const whole = this.#whole;
    this.#whole = [];
    return whole.length === 0 ? [] : [toBatchOf(whole)];
  }

  end(): void {
    if (this.#row) this.#whole.push(this.#row.group);
    this.#row = undefined;
  }
}
