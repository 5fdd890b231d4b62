/**
 * The places where JSON may be long. A path has the names of members from the outside in. Lists have no name: in
 * `{"labels":[{"objects":[]}]}`, the path of the inner list is `labels/objects`.
 */
export interface LongShape {
  /** Whether a list at a path may be long. It is read a few items at a time. */
  isLongList(path: readonly string[]): boolean;
  /** Whether an object at a path may be long. It is read a few members at a time. */
  isLongObject(path: readonly string[]): boolean;
  /** Whether a string at a path is JSON itself. */
  isJsonText(path: readonly string[]): boolean;
}

/** JSON without long lists. */
export const NOWHERE_LONG: LongShape = {
  isLongList: () => false,
  isLongObject: () => false,
  isJsonText: () => false,
};
