import type { Classification } from '../../../events/schemas/classification';
import { isObject, type JsonObject } from '../../../json/read';
import { toClassifications } from './classification';
import type { Where } from './where';

type Range = [number, number];

/** One answer, and the moments at which it stands. */
interface Spoken {
  readonly classification: Classification;
  readonly times: number[];
}

/** What was said of moments of a sound, and what of it is not understood. */
interface Timestamps {
  readonly classifications: Classification[];
  readonly left: JsonObject | undefined;
}

/**
 * A sound lists answers by the millisecond. One answer stands where it begins and where it ends: it is
 * given once, with the stretches that `segments` has of it, or else with the moments themselves.
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

/** The moments of all answers to the same question that the same stretches are of. */
function othersOf({ id, ranges }: Classification, all: readonly Spoken[]): number[] {
  const stretches = JSON.stringify(ranges);
  const isSame = (other: Classification) =>
    other.id === id && JSON.stringify(other.ranges) === stretches;
  return all.filter(({ classification }) => isSame(classification)).flatMap(({ times }) => times);
}

/** The stretches that are of this answer alone, and the moments that are in none of them. */
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
