/**
 * Items of a list that may be too long for memory: just what can be done with a few of them at a time.
 * An array is one, too.
 */
export interface Items<Item> {
  map<Result>(change: (item: Item) => Result): Items<Result>;
  flatMap<Result>(change: (item: Item) => Result | readonly Result[]): Items<Result>;
  filter(isWanted: (item: Item) => boolean): Items<Item>;
}

/** The same with every list in it as such items. */
export type WithItems<Value> = Value extends readonly (infer Item)[]
  ? Items<WithItems<Item>>
  : Value extends object
    ? { [Name in keyof Value]: WithItems<Value[Name]> }
    : Value;
