import { isObject } from './read';

/**
 * What stands in place of a member; undefined takes it out, and the member itself leaves it as it
 * is and goes on inside.
 *
 * @param parent the name under which the member's object stands, also when it stands in a list
 */
export type Change = (member: unknown, name: string, parent: string) => unknown;

/** A JSON value with its members changed at any depth. What does not change is shared, not copied. */
export function rewrite(value: unknown, change: Change, parent = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => rewrite(item, change, parent));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  return isObject(value) ? rewriteMembers(value, change, parent) : value;
}

function rewriteMembers(value: object, change: Change, parent: string): object {
  let copy: Record<string, unknown> | undefined;
  for (const [name, before] of Object.entries(value)) {
    const changed = change(before, name, parent);
    const after = changed === before ? rewrite(before, change, name) : changed;
    if (after === before) continue;
    copy ??= { ...value };
    if (after === undefined) delete copy[name];
    else copy[name] = after;
  }
  return copy ?? value;
}
