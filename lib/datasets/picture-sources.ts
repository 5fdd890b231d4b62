import type { Annotation, DataRow, Label, LabeledProject } from '../events/types';
import type { StoredLabel } from '../label-store/stored-label';
import { pathOf } from './file-name';
import type { Size } from './format';
import type { Shape } from './shape';

/** An annotation of a picture, with the label that it is in. */
export interface Marked {
  readonly annotation: Annotation;
  readonly label: Label;
}

/** A picture of a data row, before it has a name of its own. */
export interface PictureSource {
  readonly url?: string;
  readonly externalId?: string;
  readonly rowId?: string;
  readonly size?: Size;
  readonly marked: readonly Marked[];
}

/** Kinds that stand on a picture. */
const PICTURE_KINDS: ReadonlySet<string> = new Set([
  'bbox',
  'polygon',
  'polyline',
  'point',
  'ellipse',
  'mask',
] satisfies (Annotation['kind'] | Shape['is'])[]);
const PICTURE_FILE = /\.(?:jpe?g|png|gif|bmp|tiff?|webp|avif|heic)$/i;

/**
 * The pictures of one data row: usually one; one for each index or object of a task that has several;
 * none where the row is no picture.
 *
 * @param stored the labels of the row
 */
export function pictureSources(stored: readonly StoredLabel[]): PictureSource[] {
  const [first] = stored;
  if (!first) return [];
  const { dataRow, project } = first;
  const marked = stored.flatMap(({ label }) =>
    (label.annotations ?? []).map((annotation) => ({ annotation, label })),
  );
  const places = new Map<string, Marked[]>();
  for (const each of marked) {
    const place = placeOf(each.annotation, project);
    places.set(place, [...(places.get(place) ?? []), each]);
  }
  const isMarked = marked.some(({ annotation }) => PICTURE_KINDS.has(annotation.kind));
  if (places.size === 0) places.set('', []);
  if (!isMarked && !isPicture(dataRow, project)) return [];
  return [...places]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([place, marked]) => {
      const annotation = marked[0]?.annotation;
      return {
        url: urlOf(dataRow?.content, project, annotation),
        externalId: dataRow?.externalId ?? dataRow?.globalKey,
        rowId: dataRow?.id,
        size: sizeOf(dataRow, places.size > 1 ? place : '', marked),
        marked,
      };
    });
}

/** Annotations of the same object and index are in one picture. */
function placeOf({ target, itemIndex }: Annotation, project: LabeledProject | undefined): string {
  const objects = imageTargets(project);
  const object = objects.length > 1 && target !== undefined ? target : '';
  return itemIndex === undefined ? object : `${object}#${String(itemIndex).padStart(9, '0')}`;
}

const imageTargets = (project: LabeledProject | undefined) =>
  (project?.targets ?? []).filter(({ kind }) => kind?.toLowerCase() === 'image');

function isPicture(dataRow: DataRow | undefined, project: LabeledProject | undefined): boolean {
  const { type = '', mimeType = '' } = dataRow?.media ?? {};
  if (type !== '' || mimeType !== '') {
    return type.toLowerCase() === 'image' || mimeType.toLowerCase().startsWith('image/');
  }
  if (imageTargets(project).length > 0) return true;
  const { content } = dataRow ?? {};
  return typeof content === 'string' && PICTURE_FILE.test(pathOf(content));
}

/** Where the picture is: the row's content, or the member of a task that the config names. */
function urlOf(
  content: unknown,
  project: LabeledProject | undefined,
  annotation: Annotation | undefined,
): string | undefined {
  if (typeof content === 'string') return content;
  if (typeof content !== 'object' || content === null) return undefined;
  const targets = imageTargets(project);
  const target = targets.find(({ name }) => name === annotation?.target) ?? targets[0];
  const member = target?.value?.replace(/^\$/, '');
  const found = member === undefined ? onlyPicture(content) : Reflect.get(content, member);
  const one = Array.isArray(found) ? found[annotation?.itemIndex ?? 0] : found;
  return typeof one === 'string' ? one : undefined;
}

/** The one member that names a picture; where there are several, nobody knows which it is. */
function onlyPicture(content: object): unknown {
  const pictures = Object.values(content).filter(
    (value) => typeof value === 'string' && PICTURE_FILE.test(pathOf(value)),
  );
  return pictures.length === 1 ? pictures[0] : undefined;
}

function sizeOf(
  dataRow: DataRow | undefined,
  place: string,
  marked: readonly Marked[],
): Size | undefined {
  // A mask is as large as its picture.
  for (const { annotation } of marked) {
    if (annotation.kind === 'mask' && annotation.rle) {
      const [height, width] = annotation.rle.size;
      return [width, height];
    }
  }
  const { media } = dataRow ?? {};
  const index = marked[0]?.annotation.itemIndex;
  const item = media?.items?.find((each) => each.index === index);
  const { width, height } = item ?? (place === '' ? (media ?? {}) : {});
  return width !== undefined && height !== undefined ? [width, height] : undefined;
}
