import { isObject } from './read';

/** Where a value stands. */
export interface Place {
  /** The member's name; for an item of a list, that of the list. */
  readonly name: string;
  /** The name under which the member's object stands, also when it stands in a list. */
  readonly parent: string;
  /** The member's object. */
  readonly holder: object;
}

export interface Rules {
  /** What stands in place of a value; undefined takes it out, itself means: go on inside. */
  change(value: unknown, place: Place): unknown;
  /** Whether a value is left as it is, with all that is inside. */
  isLeft(place: Place): boolean;
}

/** A JSON object with its members changed at any depth. What does not change is shared, not copied. */
export const rewrite = (root: object, rules: Rules): object =>
  rewriteMembers(root, { name: '', parent: '', holder: {} }, rules);

function rewriteValue(value: unknown, place: Place, rules: Rules): unknown {
  if (rules.isLeft(place)) return value;
  const changed = rules.change(value, place);
  if (changed !== value) return changed;
  if (Array.isArray(value)) {
    const items = value.map((item) => rewriteValue(item, place, rules));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  return isObject(value) ? rewriteMembers(value, place, rules) : value;
}

function rewriteMembers(holder: object, { name: parent }: Place, rules: Rules): object {
  let copy: Record<string, unknown> | undefined;
  for (const [name, before] of Object.entries(holder)) {
    const after = rewriteValue(before, { name, parent, holder }, rules);
    if (after === before) continue;
    copy ??= { ...holder };
    if (after === undefined) delete copy[name];
    else copy[name] = after;
  }
  return copy ?? holder;
}
