import { type Fields, fieldsOf, listOf, numberOf, numbersOf, textOf } from './read';

/** A number with at most two decimals. */
export const num = (value: number): string => String(Math.round(value * 100) / 100);

/** The beginning of a text that may be long. */
export const clip = (text: string, length = 200): string =>
  text.length <= length
    ? text
    : `${text.slice(0, length).toWellFormed().replace(/�$/, '')}… (${text.length} characters)`;

/** A value as JSON text. */
export const json = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent) ?? 'nothing';

/** A number of things. */
export const counted = (count: number, one: string, several = `${one}s`): string =>
  `${count} ${count === 1 ? one : several}`;

/** One line that says what a geometry is, for lists and screen readers. */
export function describe(geometry: Fields): string {
  const of = DESCRIPTIONS[textOf(geometry.kind) ?? ''];
  return of?.(geometry) ?? clip(textOf(geometry.kind) ?? 'no kind', 40);
}

const rotated = ({ rotation }: Fields): string => {
  const degrees = numberOf(rotation);
  return degrees ? `, rotated ${num(degrees)}°` : '';
};

const place = (values: readonly number[] | undefined): string => (values ?? []).map(num).join(', ');

const inUnit = ({ unit }: Fields): string => {
  const name = textOf(unit);
  return name ? ` (${clip(name, 20)})` : '';
};

function boxed(geometry: Fields): string {
  const [x = 0, y = 0, width = 0, height = 0] = numbersOf(geometry.bbox, 4) ?? [];
  return `${num(width)} × ${num(height)} at ${num(x)}, ${num(y)}`;
}

const DESCRIPTIONS: Record<string, (geometry: Fields) => string> = {
  bbox: (geometry) => `box ${boxed(geometry)}${rotated(geometry)}${inUnit(geometry)}`,
  polygon: (geometry) =>
    `polygon of ${counted(listOf(geometry.points).length, 'point')}${inUnit(geometry)}`,
  polyline: (geometry) =>
    `line of ${counted(listOf(geometry.points).length, 'point')}${inUnit(geometry)}`,
  point: (geometry) => `point at ${place(numbersOf(geometry.point, 2))}${inUnit(geometry)}`,
  ellipse: (geometry) =>
    `ellipse around ${place(numbersOf(geometry.center, 2))}, radii ${place(numbersOf(geometry.radii, 2))}${rotated(geometry)}${inUnit(geometry)}`,
  mask: (geometry) => {
    const [height, width] = numbersOf(fieldsOf(geometry.rle).size, 2) ?? [];
    if (width === undefined || height === undefined) return 'mask in an image of its own';
    return `mask of ${num(width)} × ${num(height)}`;
  },
  'text-span': ({ start, end, parts }) => {
    const [from, to] = [numberOf(start), numberOf(end)];
    if (from !== undefined && to !== undefined) return `characters ${num(from)} to ${num(to)}`;
    return Array.isArray(parts) ? `text in ${counted(parts.length, 'part')}` : 'text';
  },
  'time-span': ({ start, end, ranges, unit, channel }) => {
    const of = Array.isArray(ranges) ? ranges.map(listOf) : [[start, end]];
    const spans = of.slice(0, 5).map(([from, to]) => `${said(from)} to ${said(to)}`);
    const more = of.length > 5 ? ` and ${of.length - 5} more` : '';
    const track = numberOf(channel);
    return `${spans.join(', ')}${more} ${clip(textOf(unit) ?? '', 20)}${track === undefined ? '' : `, channel ${track}`}`.trim();
  },
  'video-track': ({ keyframes, segments }) =>
    `track of ${counted(listOf(keyframes).length, 'key frame')}${
      Array.isArray(segments) ? `, ${counted(segments.length, 'segment')}` : ''
    }`,
  'document-box': (geometry) => {
    const boxes = listOf(geometry.boxes);
    const page = numberOf(geometry.page);
    const on = page === undefined ? '' : ` on page ${page}`;
    if (boxes.length === 1) {
      const only = fieldsOf(boxes[0]);
      return `box ${boxed(only)} on page ${said(only.page)}${inUnit(geometry)}`;
    }
    if (boxes.length > 0) return `${boxes.length} boxes${inUnit(geometry)}`;
    return `box ${boxed(geometry)}${on}${inUnit(geometry)}`;
  },
  geo: ({ geometry }) => `${clip(textOf(fieldsOf(geometry).type) ?? 'shape', 40)} on a map`,
  other: () => 'of a kind that is not known',
};

const said = (value: unknown): string =>
  typeof value === 'number' ? num(value) : clip(textOf(value) ?? '?', 40);
