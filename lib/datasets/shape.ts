import { type Box, boxAround, type Point } from '../events/box-around';
import type { Annotation } from '../events/types';
import type { Size } from './format';

/** COCO's uncompressed run lengths: column by column, beginning with zeros. */
export interface Rle {
  readonly size: readonly [height: number, width: number];
  readonly counts: readonly number[];
}

/** A shape to train detection or segmentation on, in pixels of the picture. */
export type Shape =
  | { readonly is: 'box'; readonly box: Box }
  | { readonly is: 'rotated-box'; readonly box: Box; readonly corners: readonly Point[] }
  | { readonly is: 'polygon'; readonly points: readonly Point[] }
  | { readonly is: 'mask'; readonly rle: Rle };

/** Why an annotation is no shape. */
export type NoShape = { readonly is: 'none'; readonly reason: string };

export const noShape = (reason: string): NoShape => ({ is: 'none', reason });

/** @param size of the picture, where it is known: percent become pixels with it */
export function toShape(annotation: Annotation, size: Size | undefined): Shape | NoShape {
  const { unit } = annotation;
  if (unit !== undefined && unit !== 'percent') return noShape('unit-unknown');
  if (unit === 'percent' && !size) return noShape('size-unknown');
  const scale: Point = unit === 'percent' && size ? [size[0] / 100, size[1] / 100] : [1, 1];
  const scaled = ([x, y]: Point): Point => [x * scale[0], y * scale[1]];

  switch (annotation.kind) {
    case 'bbox': {
      const [left, top, width, height] = annotation.bbox;
      const box: Box = [...scaled([left, top]), ...scaled([width, height])];
      if (!annotation.rotation) return { is: 'box', box };
      // In percent the stored box is the unrotated one, and the corners are not told.
      const corners = annotation.corners ?? rotate(box, annotation.rotation);
      return { is: 'rotated-box', box: boxAround(corners), corners };
    }
    case 'polygon': {
      const points = annotation.points.map(scaled);
      return points.length < 3 ? noShape('fewer-than-three-points') : { is: 'polygon', points };
    }
    case 'mask': {
      const { rle } = annotation;
      return rle ? { is: 'mask', rle } : noShape('mask-not-decoded');
    }
    default:
      return noShape('kind-not-in-format');
  }
}

/**
 * The corners of a box that is turned clockwise around its top left corner: that corner first, then
 * along the width.
 *
 * @param degrees clockwise, since y points down
 */
function rotate([left, top, width, height]: Box, degrees: number): Point[] {
  const radians = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const at = (x: number, y: number): Point => [left + x * cos - y * sin, top + x * sin + y * cos];
  return [at(0, 0), at(width, 0), at(width, height), at(0, height)];
}

/** The corners of an upright box, clockwise from the top left. */
export const cornersOf = ([left, top, width, height]: Box): Point[] => [
  [left, top],
  [left + width, top],
  [left + width, top + height],
  [left, top + height],
];
