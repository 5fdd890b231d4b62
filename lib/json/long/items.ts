/**
 * The items of a list that may be too long for memory. It has only the operations that work on a few items at a
 * time. An array implements it.
 */
export interface Items<Item> {
  map<Result>(change: (item: Item) => Result): Items<Result>;
  flatMap<Result>(change: (item: Item) => Result | readonly Result[]): Items<Result>;
  filter(isWanted: (item: Item) => boolean): Items<Item>;
}
