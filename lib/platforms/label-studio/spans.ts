import { asList, asNumber, asObject, asText, type JsonObject } from '../../json/read';
import { type ReadShape, readShape } from './read-shape';

/** A number, or a text if the platform sends one. */
const asPosition = (value: unknown): number | string | undefined =>
  asNumber(value) ?? asText(value);

/** Some versions send the offsets of a text as strings. */
const asOffset = (value: unknown): number | undefined =>
  asNumber(value) ?? (/^\d+$/.test(asText(value) ?? '') ? Number(value) : undefined);

/** Whether a value is present but has an unexpected type. */
const isOther = (value: unknown, read: unknown): boolean => value != null && read === undefined;

/** A half-open range of characters of a text. */
export function toTextSpan(value: JsonObject): ReadShape | undefined {
  const start = asOffset(value.start);
  const end = asOffset(value.end);
  if (isOther(value.start, start) || isOther(value.end, end)) return undefined;
  const text = asText(value.text);
  return readShape(
    { kind: 'text-span', start, end, text },
    ...membersOf(value, { start, end, text }),
  );
}

/** The names of the members that were read. */
const membersOf = (value: JsonObject, read: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(read).filter((name) => !isOther(value[name], read[name]));

/**
 * A range between elements of a page by XPath, or between paragraphs of a dialogue by index. Offsets count from the
 * start of the whole text if the platform sends those.
 */
export function toPathSpan(value: JsonObject): ReadShape | undefined {
  const global = asObject(value.globalOffsets);
  const start = asOffset(global ? global.start : value.startOffset);
  const end = asOffset(global ? global.end : value.endOffset);
  const [startPath, endPath] = [asPosition(value.start), asPosition(value.end)];
  if ([start, end, startPath, endPath].every((each) => each === undefined)) return undefined;
  const text = asText(value.text);
  const read = { start: startPath, end: endPath, text };
  return readShape(
    { kind: 'text-span', start, end, text, startPath, endPath },
    ...membersOf(value, global ? read : { ...read, startOffset: start, endOffset: end }),
    ...(isPair(global) ? ['globalOffsets'] : []),
    ...(value.startOffset === start ? ['startOffset'] : []),
    ...(value.endOffset === end ? ['endOffset'] : []),
  );
}

/** Whether a value has only a start and an end. */
const isPair = (value: JsonObject | undefined): boolean =>
  value !== undefined &&
  Object.keys(value).length === 2 &&
  'start' in value &&
  'end' in value &&
  Object.values(value).every((each) => asOffset(each) !== undefined);

/** A range of sound, in seconds. */
export function toSound(value: JsonObject): ReadShape | undefined {
  const [start, end] = [asPosition(value.start), asPosition(value.end)];
  if (start === undefined && end === undefined) return undefined;
  const channel = asNumber(value.channel);
  return readShape(
    { kind: 'time-span', start, end, unit: 's', channel },
    ...membersOf(value, { start, end, channel }),
  );
}

/** A range of a time series, in the unit of its time column. */
export function toTimeSpan(value: JsonObject): ReadShape | undefined {
  const [start, end] = [asPosition(value.start), asPosition(value.end)];
  if (start === undefined && end === undefined) return undefined;
  return readShape({ kind: 'time-span', start, end }, ...membersOf(value, { start, end }));
}

/** Ranges of a video, in frames. */
export function toTimeline(value: JsonObject): ReadShape | undefined {
  const ranges = asList(value.ranges)?.map((range): [number, number] | undefined => {
    const { start, end, ...rest } = asObject(range) ?? {};
    const [from, to] = [asNumber(start), asNumber(end)];
    const isWhole = from !== undefined && to !== undefined && Object.keys(rest).length === 0;
    return isWhole ? [from, to] : undefined;
  });
  if (!ranges?.every((range) => range !== undefined)) return undefined;
  return readShape({ kind: 'time-span', ranges, unit: 'frame' }, 'ranges');
}
