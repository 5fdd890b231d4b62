import { z } from 'zod';
import { classification } from './classification';
import { others } from './others';

const xy = z.tuple([z.number(), z.number()]);
const box = z.tuple([z.number(), z.number(), z.number(), z.number()]);
/** A position on a track: seconds, a frame number, or a text if the platform sends one. */
const position = z.union([z.number(), z.string()]);

const range = z.tuple([position, position]);

/** The shapes on an image or on a frame of a video. */
const shapes = {
  bbox: {
    kind: z.literal('bbox'),
    bbox: box,
    rotation: z.number().optional(),
    corners: z.tuple([xy, xy, xy, xy]).optional(),
  },
  polygon: { kind: z.literal('polygon'), points: z.array(xy) },
  polyline: { kind: z.literal('polyline'), points: z.array(xy) },
  point: { kind: z.literal('point'), point: xy },
  ellipse: {
    kind: z.literal('ellipse'),
    center: xy,
    radii: xy,
    rotation: z.number().optional(),
  },
  mask: {
    kind: z.literal('mask'),
    uri: z.string().optional(),
    colorRgb: z.array(z.number()).optional(),
    rle: z.object({ size: xy, counts: z.array(z.number()) }).optional(),
  },
  other: { kind: z.literal('other'), native: z.unknown() },
};

/** If the size of the image or page is unknown: `percent`, or `page` from 0 to 1. Else the unit that the platform names. */
const unit = z.string().optional();

const common = {
  id: z.string().optional(),
  name: z.string().optional(),
  names: z.array(z.string()).optional(),
  value: z.string().optional(),
  schemaId: z.string().optional(),
  classifications: z.array(classification),
  color: z.string().optional(),
  score: z.number().optional(),
  origin: z.string().optional(),
  page: z.number().optional(),
  frame: z.number().optional(),
  parentId: z.string().optional(),
  itemIndex: z.number().optional(),
  imageRotation: z.number().optional(),
  messageId: z.string().optional(),
  /** The annotated object of the task, by its name in the project's config. */
  target: z.string().optional(),
  /** The tag of the project's config that offers the classes, by its name. */
  control: z.string().optional(),
  unit,
  other: others,
};

const moment = {
  frame: z.number().optional(),
  time: z.number().optional(),
  enabled: z.boolean().optional(),
  /** Whether the platform interpolated this frame. */
  interpolated: z.boolean().optional(),
  group: z.string().optional(),
  classifications: z.array(classification).optional(),
  unit,
  other: others,
};
const keyframe = z
  .discriminatedUnion('kind', [
    z.object({ ...moment, ...shapes.bbox }),
    z.object({ ...moment, ...shapes.polygon }),
    z.object({ ...moment, ...shapes.polyline }),
    z.object({ ...moment, ...shapes.point }),
    z.object({ ...moment, ...shapes.ellipse }),
    z.object({ ...moment, ...shapes.mask }),
    z.object({ ...moment, ...shapes.other }),
  ])
  .meta({ id: 'Keyframe' });

/** The part of a text span on one page. */
const part = z.object({
  page: z.number().optional(),
  text: z.string().optional(),
  tokens: z.array(z.unknown()).optional(),
});

/** An annotation. Coordinates are pixels from the top left, unless `unit` names another unit. */
export const annotation = z
  .discriminatedUnion('kind', [
    z.object({ ...common, ...shapes.bbox }),
    z.object({ ...common, ...shapes.polygon }),
    z.object({ ...common, ...shapes.polyline }),
    z.object({ ...common, ...shapes.point }),
    z.object({ ...common, ...shapes.ellipse }),
    z.object({ ...common, ...shapes.mask }),
    z.object({
      ...common,
      kind: z.literal('text-span'),
      start: z.number().optional(),
      /** The index of the first character after the span. */
      end: z.number().optional(),
      text: z.string().optional(),
      startPath: position.optional(),
      endPath: position.optional(),
      tokens: z.array(z.unknown()).optional(),
      parts: z.array(part).optional(),
    }),
    z.object({
      ...common,
      kind: z.literal('time-span'),
      start: position.optional(),
      end: position.optional(),
      ranges: z.array(range).optional(),
      channel: z.number().optional(),
    }),
    z.object({
      ...common,
      kind: z.literal('video-track'),
      keyframes: z.array(keyframe),
      /** The first and the last frame of each segment, both included. */
      segments: z.array(xy).optional(),
    }),
    z.object({
      ...common,
      kind: z.literal('document-box'),
      bbox: box.optional(),
      boxes: z.array(z.object({ page: z.number().optional(), bbox: box })).optional(),
    }),
    z.object({
      ...common,
      kind: z.literal('geo'),
      geometry: z
        .object({
          type: z.string(),
          coordinates: z.array(z.unknown()).optional(),
          geometries: z.array(z.unknown()).optional(),
        })
        .describe('A GeoJSON position: longitude before latitude.'),
    }),
    z.object({ ...common, ...shapes.other }),
  ])
  .meta({ id: 'Annotation' });
/**
 * An annotation. `kind` names its geometry. Coordinates are pixels from the top left, unless `unit` names another unit.
 *
 * @example
 * ```ts
 * import type { Annotation } from 'labelrelay/worker';
 *
 * const areaOf = (annotation: Annotation): number =>
 *   annotation.kind === 'bbox' ? annotation.bbox[2] * annotation.bbox[3] : 0;
 * console.log(areaOf({ kind: 'bbox', bbox: [0, 0, 4, 5], classifications: [] })); // 20
 * ```
 */
export type Annotation = z.infer<typeof annotation>;

/** The members that depend on the kind of an annotation. */
export type Geometry = Annotation extends infer Kind
  ? Kind extends Annotation
    ? Omit<Kind, 'classifications'>
    : never
  : never;

export type Keyframe = z.infer<typeof keyframe>;

/** A relation between two annotations, named by their ids. */
export const relationship = z
  .object({
    id: z.string().optional(),
    from: z.string(),
    to: z.string(),
    direction: z.string().optional(),
    labels: z.array(z.string()).optional(),
    other: others,
  })
  .meta({ id: 'Relationship' });
export type Relationship = z.infer<typeof relationship>;
