import { LabelrelayError } from '../../lib/errors';

type Json = { [name: string]: Json } | Json[] | string | number | boolean | null;

/**
 * Changes one member of a body.
 *
 * @param body the JSON text
 * @param assignment `dataRow.externalId=row-7`, `annotations.0.id=3`; a value that is no JSON is taken as text
 * @param n what `{n}` in the value stands for
 * @throws LabelrelayError `usage` if the body has no such member
 */
export function setPath(body: string, assignment: string, n: number): string {
  const [, path, text = ''] = /^([^=]+)=(.*)$/s.exec(assignment) ?? [];
  if (!path) {
    throw new LabelrelayError('usage', `--set: expected path=value, got ${assignment}`);
  }
  const root = JSON.parse(body) as Json;
  const names = path.split('.');
  const last = names.pop() ?? '';
  const parent = names.reduce<Json | undefined>((at, name) => memberOf(at, name), root);
  if (typeof parent !== 'object' || parent === null) {
    throw new LabelrelayError(
      'usage',
      `--set: expected the path of a member of the body, got ${path}`,
    );
  }
  if (Array.isArray(parent) && !/^\d+$/.test(last)) {
    throw new LabelrelayError('usage', `--set: expected an index of a list, got ${path}`);
  }
  // Defines an own member of any name: `__proto__` must not change the prototype.
  Object.defineProperty(parent, last, {
    value: parseValue(text.replaceAll('{n}', String(n))),
    enumerable: true,
    writable: true,
    configurable: true,
  });
  return JSON.stringify(root);
}

const memberOf = (at: Json | undefined, name: string): Json | undefined =>
  typeof at === 'object' && at !== null && Object.hasOwn(at, name)
    ? (at as { [name: string]: Json })[name]
    : undefined;

function parseValue(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
