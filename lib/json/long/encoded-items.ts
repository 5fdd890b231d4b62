import type { Items } from './items';

/**
 * Items that are encoded already. Thousands of small objects take more memory than their JSON, and the garbage collector copies
 * each of them.
 */
export class EncodedItems<Item> implements Items<Item> {
  /** @param texts JSON of some items each, with commas between them */
  constructor(readonly texts: readonly string[]) {}

  map<Result>(change: (item: Item) => Result): Items<Result> {
    return this.toJSON().map((item) => change(item));
  }

  flatMap<Result>(change: (item: Item) => Result | readonly Result[]): Items<Result> {
    return this.toJSON().flatMap((item) => change(item));
  }

  filter(isWanted: (item: Item) => boolean): Items<Item> {
    return this.toJSON().filter((item) => isWanted(item));
  }

  toJSON(): Item[] {
    return JSON.parse(`[${this.texts.join(',')}]`);
  }
}
