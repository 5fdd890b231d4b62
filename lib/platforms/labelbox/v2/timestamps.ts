import type { Classification } from '../../../events/types';
import { isObject, type JsonObject } from '../../../json/read';
import { toClassifications } from './classification';
import type { Where } from './where';

type Range = [number, number];

/** One answer, and its moments. */
interface Spoken {
  readonly classification: Classification;
  readonly times: number[];
}

/** The classifications of moments of a sound, and the unread members. */
interface Timestamps {
  readonly classifications: Classification[];
  readonly left: JsonObject | undefined;
}

/**
 * A sound lists answers by millisecond. An answer is listed at its beginning and at its end. It is returned once, with
 * its ranges in `segments`, or else with the moments themselves.
 */
export function readTimestamps(timestamps: JsonObject, where: Where): Timestamps {
  const spoken = new Map<string, Spoken>();
  const left: [string, unknown][] = [];
  for (const [key, value] of Object.entries(timestamps)) {
    const { classifications, ...rest } = isObject(value) ? value : { classifications: undefined };
    const answers = toClassifications(classifications, where);
    const isTime = /^\d+(\.\d+)?$/.test(key);
    if (!isTime || !answers || Object.keys(rest).length > 0) left.push([key, value]);
    if (!isTime) continue;
    for (const classification of answers ?? []) {
      const name = JSON.stringify(classification);
      const known = spoken.get(name) ?? { classification, times: [] };
      spoken.set(name, known);
      known.times.push(Number(key));
    }
  }
  const all = [...spoken.values()];
  return {
    classifications: all.map(({ classification, times }) => ({
      ...classification,
      ranges: rangesFor(times, othersOf(classification, all), classification.ranges),
      unit: 'ms',
    })),
    left: left.length > 0 ? Object.fromEntries(left) : undefined,
  };
}

/** The moments of all answers to the same question with the same ranges. */
function othersOf({ id, ranges }: Classification, all: readonly Spoken[]): number[] {
  const stretches = JSON.stringify(ranges);
  const isSame = (other: Classification) =>
    other.id === id && JSON.stringify(other.ranges) === stretches;
  return all.filter(({ classification }) => isSame(classification)).flatMap(({ times }) => times);
}

/** The ranges that belong to this answer only, and the moments outside of them. */
function rangesFor(
  times: readonly number[],
  all: readonly number[],
  segments: readonly Range[] = [],
): Range[] {
  const isIn =
    ([from, to]: Range) =>
    (time: number) =>
      from <= time && time <= to;
  const counted = (list: readonly number[], range: Range) => list.filter(isIn(range)).length;
  const own = segments.filter((range) => {
    const count = counted(times, range);
    return count === counted(all, range) && (count > 0 || times.length === all.length);
  });
  const alone = times.filter((time) => !own.some((range) => isIn(range)(time)));
  return [...own, ...alone.map((time): Range => [time, time])].sort(([a], [b]) => a - b);
}
