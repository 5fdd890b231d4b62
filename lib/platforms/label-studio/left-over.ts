import { isDeepStrictEqual } from 'node:util';
import { leftOf } from '../../json/left-of';
import { asObject, type JsonObject } from '../../json/read';
import { areClasses } from './class-names';

/** What an event says of a result. */
export interface Said {
  /** By the names that the platform has for it. */
  readonly about: Readonly<Record<string, unknown>>;
  /** The members of its value of which all is said. */
  readonly members: readonly string[];
  readonly names?: readonly string[];
  /** Another result, of which all is said. */
  readonly main?: JsonObject;
}

/**
 * Members that say nothing more: the type and the control are in the kind and the class, sizes in
 * `media`, and the rest is how the editor shows it.
 */
const SAID_ELSEWHERE: ReadonlySet<string> = new Set([
  ...['type', 'from_name', 'original_width', 'original_height', 'original_length'],
  ...['readonly', 'hidden', 'locked'],
]);

/** Which kind a shape is says these. */
const SAID_BY_KIND: ReadonlySet<string> = new Set(['closed', 'instant']);

/** What a result has beside that, as it was received. */
export function leftOver(result: JsonObject, { about, members, names = [], main }: Said) {
  const { value, ...rest } = result;
  const mainValue = asObject(main?.value);
  const isSame = (member: unknown, other: unknown) =>
    main !== result && main !== undefined && isDeepStrictEqual(member, other);

  const around = leftOf(
    rest,
    (name, member) =>
      SAID_ELSEWHERE.has(name) || isAbout(about, name, member) || isSame(member, main?.[name]),
  );
  const inside = leftOf(
    asObject(value) ?? {},
    (name, member) =>
      members.includes(name) ||
      (typeof member === 'boolean' && SAID_BY_KIND.has(name)) ||
      isAbout(about, name, member) ||
      areClasses(member, names) ||
      isSame(member, mainValue?.[name]),
  );
  return around || inside ? { ...around, ...(inside && { value: inside }) } : undefined;
}

/** Ids are text in events, whatever they were. */
function isAbout(about: Said['about'], name: string, member: unknown): boolean {
  const told = Object.hasOwn(about, name) ? about[name] : undefined;
  if (told === undefined) return false;
  // An object may have a member `toString` that is no function.
  if (typeof told === 'object' || typeof member === 'object')
    return isDeepStrictEqual(told, member);
  return String(told) === String(member);
}
