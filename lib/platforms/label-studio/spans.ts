import type { Geometry } from '../../events/schemas/annotation';
import { asList, asNumber, asObject, asText, type JsonObject } from '../read';

/** A number, or text where the platform writes text. */
const asPosition = (value: unknown): number | string | undefined =>
  asNumber(value) ?? asText(value);

/** Characters of a text. */
export const toTextSpan = (value: JsonObject): Geometry => ({
  kind: 'text-span',
  start: toNumber(value.start),
  end: toNumber(value.end),
  text: asText(value.text),
});

/** Some versions write the offsets of a text as text. */
const toNumber = (value: unknown): number | undefined =>
  asNumber(value) ?? (/^\d+$/.test(asText(value) ?? '') ? Number(value) : undefined);

/**
 * Elements of a page by XPath, or paragraphs of a dialogue by index. Offsets count from the start of
 * the whole where that is given.
 */
export function toPathSpan(value: JsonObject): Geometry {
  const global = asObject(value.globalOffsets);
  return {
    kind: 'text-span',
    start: asNumber(global?.start) ?? asNumber(value.startOffset),
    end: asNumber(global?.end) ?? asNumber(value.endOffset),
    text: asText(value.text),
    startPath: asPosition(value.start),
    endPath: asPosition(value.end),
  };
}

/** Seconds of a sound. */
export const toSound = (value: JsonObject): Geometry => ({
  ...toTimeSpan(value),
  kind: 'time-span',
  unit: 's',
  channel: asNumber(value.channel),
});

/** A stretch of a time series, in the unit of its own time column. */
export const toTimeSpan = (value: JsonObject): Geometry => ({
  kind: 'time-span',
  start: asPosition(value.start),
  end: asPosition(value.end),
});

/** Stretches of a video, in frames. */
export function toTimeline(value: JsonObject): Geometry | undefined {
  const ranges = asList(value.ranges)?.map((range) => {
    const start = asNumber(asObject(range)?.start);
    const end = asNumber(asObject(range)?.end);
    return start === undefined || end === undefined ? undefined : ([start, end] as const);
  });
  if (!ranges?.every((range) => range !== undefined)) return undefined;
  return { kind: 'time-span', ranges: ranges.map(([start, end]) => [start, end]), unit: 'frame' };
}
