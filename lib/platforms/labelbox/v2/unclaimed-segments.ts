import { type Folding, fold, type PendingFold } from '../../../json/long/fold';
import { groupBy } from '../../../json/long/group-by';
import type { Items } from '../../../json/long/items';
import { isObject, type JsonObject } from '../../../json/read';
import type { Where } from './where';

/** A feature whose segments are used, and its group. */
type Claim = readonly [id: string, group?: string];

/** The groups of each feature; undefined for a feature outside of groups. */
type Claimed = Map<string, Set<string | undefined>>;

/** Reads a part of the content, and thereby uses its segments. */
type Reading = (where: Where) => unknown;

/** The segments that a part of the content uses. */
export const claimsOf = (where: Where, read: Reading): Claim[] => {
  const claims: Claim[] = [];
  read({
    ...where,
    rangesOf(id, group) {
      const ranges = where.rangesOf(id, group);
      if (id !== undefined && ranges) claims.push(group === undefined ? [id] : [id, group]);
      return ranges;
    },
  });
  return claims;
};

/**
 * The segments that no part of the content uses. Their feature is missing, so they are passed on unchanged.
 *
 * @param claims the used segments of each part of the content, which can be too long for memory
 * @param toResult makes a result of the unused segments
 */
export const foldUnclaimed = <Result>(
  segments: JsonObject,
  claims: Items<readonly Claim[]>,
  toResult: (unclaimed: JsonObject | undefined) => Result | undefined,
): Result | PendingFold<Result> | undefined =>
  fold(
    // All parts have the same key, since this only merges several lists.
    groupBy(claims, { key: () => undefined, head: () => null, part: (part) => part }),
    unclaimed(segments, toResult),
  );

const unclaimed = <Result>(
  segments: JsonObject,
  toResult: (unclaimed: JsonObject | undefined) => Result | undefined,
): Folding<readonly [null, (readonly Claim[])[]], Claimed, Result> => ({
  begin: () => new Map(),
  add(claimed, [, parts]) {
    for (const [id, group] of parts.flat()) {
      claimed.set(id, (claimed.get(id) ?? new Set()).add(group));
    }
  },
  end(claimed) {
    const isClaimed = (id: string, group: string) =>
      claimed.get(id)?.has(undefined) || claimed.get(id)?.has(group);
    const left = Object.entries(segments).flatMap(([key, value]) => {
      if (!isObject(value)) return claimed.has(key) ? [] : [[key, value]];
      const unclaimed = Object.entries(value).filter(([id]) => !isClaimed(id, key));
      return unclaimed.length > 0 ? [[key, Object.fromEntries(unclaimed)]] : [];
    });
    return toResult(left.length > 0 ? Object.fromEntries(left) : undefined);
  },
});
