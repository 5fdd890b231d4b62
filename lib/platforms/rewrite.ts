import { isObject } from './read';

/**
 * What stands in place of a member, or of an item of a list; undefined takes a member out, and the
 * value itself leaves it as it is and goes on inside.
 *
 * @param name the member's name; for an item, that of its list
 * @param parent the name under which the member's object stands, also when it stands in a list
 */
export type Change = (value: unknown, name: string, parent: string) => unknown;

/** A JSON value with its members changed at any depth. What does not change is shared, not copied. */
export function rewrite(value: unknown, change: Change, name = '', parent = ''): unknown {
  const changed = change(value, name, parent);
  if (changed !== value) return changed;
  if (Array.isArray(value)) {
    const items = value.map((item) => rewrite(item, change, name, parent));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  return isObject(value) ? rewriteMembers(value, change, name) : value;
}

function rewriteMembers(value: object, change: Change, parent: string): object {
  let copy: Record<string, unknown> | undefined;
  for (const [name, before] of Object.entries(value)) {
    const after = rewrite(before, change, name, parent);
    if (after === before) continue;
    copy ??= { ...value };
    if (after === undefined) delete copy[name];
    else copy[name] = after;
  }
  return copy ?? value;
}
