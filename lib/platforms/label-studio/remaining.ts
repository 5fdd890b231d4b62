import { isDeepStrictEqual } from 'node:util';
import { leftOf } from '../../json/left-of';
import { asObject, type JsonObject } from '../../json/read';
import { areClasses } from './class-names';

/** The parts of a result that an event contains. */
export interface Understood {
  /** The properties, by the names of the platform. */
  readonly about: Readonly<Record<string, unknown>>;
  /** The members of its value that the event contains completely. */
  readonly members: readonly string[];
  readonly names?: readonly string[];
  /** Another result that the event contains completely. */
  readonly main?: JsonObject;
}

/**
 * Members without further information: the type and the control are in the kind and the class, sizes are in `media`,
 * and the rest controls the display in the editor.
 */
const ELSEWHERE: ReadonlySet<string> = new Set([
  ...['type', 'from_name', 'original_width', 'original_height', 'original_length'],
  ...['readonly', 'hidden', 'locked'],
]);

/** Members that the kind of a shape implies. */
const IMPLIED_BY_KIND: ReadonlySet<string> = new Set(['closed', 'instant']);

/** The remaining members of a result, as they were received. */
export function remainingOf(result: JsonObject, { about, members, names = [], main }: Understood) {
  const mainValue = asObject(main?.value);
  const isSame = (member: unknown, other: unknown) =>
    main !== result && main !== undefined && isDeepStrictEqual(member, other);

  const around = leftOf(
    result,
    (name, member) =>
      name === 'value' ||
      ELSEWHERE.has(name) ||
      isAbout(about, name, member) ||
      isSame(member, main?.[name]),
  );
  const inside = leftOf(
    asObject(result.value) ?? {},
    (name, member) =>
      members.includes(name) ||
      (typeof member === 'boolean' && IMPLIED_BY_KIND.has(name)) ||
      isAbout(about, name, member) ||
      areClasses(member, names) ||
      isSame(member, mainValue?.[name]),
  );
  return inside ? { ...around, value: inside } : around;
}

/** Compares as text, since ids are always text in events. */
function isAbout(about: Understood['about'], name: string, member: unknown): boolean {
  const known = Object.hasOwn(about, name) ? about[name] : undefined;
  if (known === undefined) return false;
  if (known === member) return true;
  // An object may have a member `toString` that is no function.
  if (typeof known === 'object' || typeof member === 'object')
    return isDeepStrictEqual(known, member);
  return String(known) === String(member);
}
