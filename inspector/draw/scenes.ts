import type { Box } from '../../lib/events/box-around';
import { type Content, looksLikePicture, type Place, pictureOf, pictureSize } from './content';
import type { Item } from './items';
import { maskBox, type Runs, runsOf } from './mask';
import { type Fields, fieldsOf, listOf, numberOf, textOf } from './read';
import { boxAroundAll, pathOf, type Shape, type Size, shapeOf, WHOLE } from './shape';
import { momentAt, type Track, trackOf } from './track';
import { clip } from './words';

/** The content of one drawing: a picture, a page of a document, or the frames of a video. */
export interface Scene {
  readonly key: string;
  readonly title: string;
  /** The address of the picture. */
  readonly picture?: string;
  /** The size of the picture in pixels. */
  readonly size?: Size;
  /** The unit of coordinates that cannot become pixels while the size is unknown. */
  readonly unit?: string;
  readonly parts: readonly Part[];
}

/** An annotation in a scene. One that moves has a track, and else a geometry. */
export interface Part {
  readonly item: Item;
  readonly geometry?: Fields;
  readonly track?: Track;
}

/** A shape of an annotation, in pixels of its picture. */
export interface Drawn {
  readonly item: Item;
  readonly shape: Shape;
  readonly mask?: Runs;
  /** Whether nobody drew it on this frame. */
  readonly isBetween: boolean;
}

const STILL = /^(bbox|polygon|polyline|point|ellipse|mask)$/;

/** The scenes of a label, in the order of their annotations. Annotations that have no place are in none. */
export function scenesOf(items: readonly Item[], content: Content): Scene[] {
  const scenes = new Map<string, Scene & { readonly parts: Part[] }>();
  const severalTargets = new Set(items.map(({ annotation }) => annotation.target)).size > 1;
  for (const item of items) {
    for (const { page, group, ...part } of placesOf(item)) {
      const { annotation } = item;
      const place: Place = {
        target: textOf(annotation.target),
        itemIndex: numberOf(annotation.itemIndex),
      };
      const isPicture = page === undefined && group === undefined && !part.track;
      const size = page === undefined ? pictureSize(content, place) : undefined;
      const unit = unitOf(annotation, size);
      const key = JSON.stringify([isPicture, place.target, place.itemIndex, page, group, unit]);
      const scene = scenes.get(key) ?? {
        key,
        title: titleOf({ page, group, isMoving: !!part.track }, place, severalTargets),
        picture: isPicture ? pictureOf(content, place) : undefined,
        size,
        unit,
        parts: [],
      };
      scenes.set(key, scene);
      scene.parts.push({ item, ...part });
    }
  }
  return [...scenes.values()];
}

/** The unit of coordinates that do not become pixels. */
function unitOf(annotation: Fields, size: Size | undefined): string | undefined {
  const unit = textOf(annotation.unit);
  return size && unit && WHOLE[unit] ? undefined : unit;
}

/** The scene of a picture without annotations; undefined if there is no picture. */
export function emptyScene(content: Content): Scene | undefined {
  const picture = pictureOf(content);
  const size = pictureSize(content);
  if (!size && !(picture && looksLikePicture(picture))) return undefined;
  return { key: 'picture', title: 'Picture', picture, size, parts: [] };
}

interface Located {
  readonly page?: number;
  readonly group?: string;
  readonly geometry?: Fields;
  readonly track?: Track;
}

function placesOf({ annotation }: Item): Located[] {
  const page = numberOf(annotation.page);
  const kind = textOf(annotation.kind) ?? '';
  if (kind === 'document-box') {
    const boxes = Array.isArray(annotation.boxes) ? annotation.boxes : [annotation];
    return boxes.map(fieldsOf).map((box) => ({
      page: numberOf(box.page) ?? page,
      geometry: { kind, bbox: box.bbox, unit: annotation.unit },
    }));
  }
  if (kind === 'video-track') {
    const keyframes = listOf(annotation.keyframes).map(fieldsOf);
    const groups = [...new Set(keyframes.map(({ group }) => group))];
    return groups.map((group) => ({ group: textOf(group), track: trackOf(annotation, group) }));
  }
  if (!STILL.test(kind)) return [];
  const frame = numberOf(annotation.frame);
  if (frame === undefined) return [{ page, geometry: annotation }];
  return [{ track: { keyframes: [{ frame, geometry: annotation }] } }];
}

function titleOf(
  { page, group, isMoving }: { page?: number; group?: string; isMoving: boolean },
  { target, itemIndex }: Place,
  severalTargets: boolean,
): string {
  const what = page !== undefined ? `Page ${page}` : (group ?? (isMoving ? 'Video' : 'Picture'));
  const which = itemIndex === undefined ? '' : ` ${itemIndex + 1}`;
  return clip(`${what}${which}${severalTargets && target ? ` of ${target}` : ''}`, 80);
}

/** Large shapes first, so that small ones stay visible and can be pointed at. */
export function drawnAt({ parts }: Scene, frame: number, size: Size | undefined): Drawn[] {
  const drawn = parts.flatMap((part) => drawnOf(part, frame, size) ?? []);
  return drawn.sort((one, other) => areaOf(other.shape) - areaOf(one.shape));
}

const areaOf = ({ box: [, , width, height], isArea }: Shape): number =>
  isArea ? Math.abs(width * height) : 0;

function drawnOf({ item, geometry, track }: Part, frame: number, size?: Size): Drawn | undefined {
  const moment = track ? momentAt(track, frame) : { geometry: geometry ?? {} };
  if (!moment) return undefined;
  const isBetween = 'between' in moment || moment.geometry.interpolated === true;
  if (moment.geometry.kind === 'mask') {
    const mask = runsOf(moment.geometry);
    const box = mask && maskBox(mask);
    return box && { item, shape: rectangle(box), mask, isBetween };
  }
  const shape = shapeOf(moment.geometry, size);
  return shape && { item, shape, isBetween };
}

function rectangle(box: Box): Shape {
  const [x, y, width, height] = box;
  const corners = [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ] as const;
  return { path: pathOf(corners, true), box, isArea: true };
}

/** Whether an annotation can be drawn on some frame. */
export const isDrawable = ({ geometry, track }: Part): boolean =>
  track ? track.keyframes.some((keyframe) => isShape(keyframe.geometry)) : isShape(geometry ?? {});

const isShape = (geometry: Fields): boolean =>
  geometry.kind === 'mask'
    ? runsOf(geometry) !== undefined || textOf(geometry.uri) !== undefined
    : shapeOf(geometry) !== undefined;

const MARGIN = 0.04;

/**
 * The first view of a scene: the whole picture. If its size is unknown, it is the area from the upper left corner
 * around all shapes, on whatever frame.
 */
export function extentOf(scene: Scene, size: Size | undefined): Box {
  if (size) return [0, 0, size.width, size.height];
  const whole = WHOLE[scene.unit ?? ''];
  if (whole) return [0, 0, whole, whole];
  const boxes = scene.parts.flatMap(({ geometry, track }) =>
    (track ? track.keyframes.map((keyframe) => keyframe.geometry) : [geometry ?? {}]).flatMap(
      boxesOf,
    ),
  );
  const around = boxAroundAll([[0, 0, 0, 0], ...boxes]) ?? [0, 0, 0, 0];
  const [left, top, width, height] = around;
  const margin = Math.max(width, height, 1) * MARGIN;
  const across = width + (left < 0 ? 2 : 1) * margin;
  const down = height + (top < 0 ? 2 : 1) * margin;
  return [left < 0 ? left - margin : 0, top < 0 ? top - margin : 0, across, down];
}

function boxesOf(geometry: Fields): Box[] {
  const runs = geometry.kind === 'mask' ? runsOf(geometry) : undefined;
  if (runs) return [[0, 0, runs.size.width, runs.size.height]];
  const shape = shapeOf(geometry);
  return shape ? [shape.box] : [];
}

/** The frames of the key frames in scenes, in order. */
export const framesOf = (scenes: readonly Scene[]): number[] => [
  ...new Set(
    scenes
      .flatMap(({ parts }) => parts.flatMap(({ track }) => track?.keyframes ?? []))
      .map(({ frame }) => frame)
      .sort((one, other) => one - other),
  ),
];
