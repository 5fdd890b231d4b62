import { type Folding, fold } from '../../../json/long/fold';
import { groupBy } from '../../../json/long/group-by';
import type { Items } from '../../../json/long/items';
import { isObject, type JsonObject } from '../../../json/read';
import type { Where } from './where';

/** A feature that was asked for its segments, and the group that it stands in. */
type Claim = readonly [id: string, group?: string];

/** By feature, the groups that it stands in; undefined where it stands in none. */
type Claimed = Map<string, Set<string | undefined>>;

/** What asks for the segments of a part of the content, as normalizing it does. */
type Reading = (where: Where) => unknown;

/** Which segments a part of the content asks for. */
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
 * What nothing in the content asks for: of a feature that is not there, nobody knows what it was, so its
 * segments are passed on as they came.
 *
 * @param claims of each part of the content, which can be too long for memory
 * @param toResult what becomes of the segments that are left
 */
export const foldUnclaimed = <Result>(
  segments: JsonObject,
  claims: Items<readonly Claim[]>,
  toResult: (unclaimed: JsonObject | undefined) => Result | undefined,
): Result | undefined =>
  fold(
    // Each part is alone: this only brings several lists together.
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
      const its = Object.entries(value).filter(([id]) => !isClaimed(id, key));
      return its.length > 0 ? [[key, Object.fromEntries(its)]] : [];
    });
    return toResult(left.length > 0 ? Object.fromEntries(left) : undefined);
  },
});
