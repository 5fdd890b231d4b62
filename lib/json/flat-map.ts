/** Like `flatMap` of arrays, which takes six times as long in V8. */
export function flatMap<Item, Result>(
  items: readonly Item[],
  change: (item: Item) => Result | readonly Result[],
): Result[] {
  const results: Result[] = [];
  for (const item of items) {
    const changed = change(item);
    if (isList(changed)) for (const result of changed) results.push(result);
    else results.push(changed);
  }
  return results;
}

const isList = <T>(value: T | readonly T[]): value is readonly T[] => Array.isArray(value);
