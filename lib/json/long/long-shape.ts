/**
 * Where JSON grows without limit. A path is the names of members from the outside in; lists have no
 * name: an item of `{"labels":[{"objects":[]}]}` has its objects at `labels/objects`.
 */
export interface LongShape {
  /** Whether a list may be long that stands there: it is read a few items at a time. */
  isLongList(path: readonly string[]): boolean;
  /** Whether an object may have many members that stands there: it is read a few of them at a time. */
  isLongObject(path: readonly string[]): boolean;
  /** Whether a string is JSON itself. */
  isJsonText(path: readonly string[]): boolean;
}

/** JSON that is not long anywhere. */
export const NOWHERE_LONG: LongShape = {
  isLongList: () => false,
  isLongObject: () => false,
  isJsonText: () => false,
};
