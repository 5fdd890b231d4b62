import { isObject, type JsonObject } from './read';

/** The place of a value. */
export interface Place {
  /** The name of the member. An item of a list has the name of the list. */
  readonly name: string;
  /** The name of the member's object. An object in a list has the name of the list. */
  readonly parent: string;
  /** The member's object. */
  readonly holder: JsonObject;
}

export interface Rules {
  /** The new value. Undefined removes it; the value itself means that its members are visited. */
  change(value: unknown, place: Place): unknown;
  /** Whether a value stays as it is, with all its members. */
  isLeft(place: Place): boolean;
}

/** Changes members of a JSON object at any depth. Unchanged values are shared, not copied. */
export const rewrite = (root: JsonObject, rules: Rules): JsonObject =>
  rewriteMembers(root, '', rules);

function rewriteValue(value: unknown, place: Place, rules: Rules): unknown {
  if (rules.isLeft(place)) return value;
  const changed = rules.change(value, place);
  if (changed !== value) return changed;
  if (Array.isArray(value)) {
    const items = value.map((item) => rewriteValue(item, place, rules));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  return isObject(value) ? rewriteMembers(value, place.name, rules) : value;
}

function rewriteMembers(holder: JsonObject, parent: string, rules: Rules): JsonObject {
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
