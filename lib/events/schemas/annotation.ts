import { z } from 'zod';
import { classification } from './classification';

const xy = z.tuple([z.number(), z.number()]);
const box = z.tuple([z.number(), z.number(), z.number(), z.number()]);
/** A moment on a track: seconds or a frame number, or text where the platform writes text. */
const position = z.union([z.number(), z.string()]);

const boxShape = {
  bbox: box,
  rotation: z.number().optional(),
  corners: z.tuple([xy, xy, xy, xy]).optional(),
};
const ellipseShape = { center: xy, radii: xy, rotation: z.number().optional() };
const maskShape = {
  uri: z.string().optional(),
  colorRgb: z.array(z.number()).optional(),
  rle: z.object({ size: xy, counts: z.array(z.number()) }).optional(),
};

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
  /** `percent` where the size of the image is unknown, else the unit that the platform names. */
  unit: z.string().optional(),
};

const keyframe = z
  .object({
    frame: z.number().optional(),
    time: z.number().optional(),
    enabled: z.boolean().optional(),
    group: z.string().optional(),
    classifications: z.array(classification).optional(),
    unit: z.string().optional(),
    ...z.object({ ...boxShape, ...ellipseShape }).partial().shape,
    points: z.array(xy).optional(),
    point: xy.optional(),
    ...maskShape,
    native: z.unknown().optional(),
  })
  .meta({ id: 'Keyframe' });

/** One thing marked in the data: pixels of the image, origin top left, y down, unless said. */
export const annotation = z
  .discriminatedUnion('kind', [
    z.object({ ...common, kind: z.literal('bbox'), ...boxShape }),
    z.object({ ...common, kind: z.literal('polygon'), points: z.array(xy) }),
    z.object({ ...common, kind: z.literal('polyline'), points: z.array(xy) }),
    z.object({ ...common, kind: z.literal('point'), point: xy }),
    z.object({ ...common, kind: z.literal('ellipse'), ...ellipseShape }),
    z.object({ ...common, kind: z.literal('mask'), ...maskShape }),
    z.object({
      ...common,
      kind: z.literal('text-span'),
      start: z.number().optional(),
      end: z.number().optional(),
      text: z.string().optional(),
      startPath: position.optional(),
      endPath: position.optional(),
      tokens: z.array(z.unknown()).optional(),
    }),
    z.object({
      ...common,
      kind: z.literal('time-span'),
      start: position.optional(),
      end: position.optional(),
      ranges: z.array(z.tuple([position, position])).optional(),
      channel: z.number().optional(),
    }),
    z.object({
      ...common,
      kind: z.literal('video-track'),
      keyframes: z.array(keyframe),
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
      geometry: z.object({ type: z.string(), coordinates: z.array(z.unknown()) }),
    }),
    z.object({ ...common, kind: z.literal('other'), native: z.unknown() }),
  ])
  .meta({ id: 'Annotation' });
export type Annotation = z.infer<typeof annotation>;

/** What makes an annotation of one kind rather than another. */
export type Geometry = Annotation extends infer Kind
  ? Kind extends Annotation
    ? Omit<Kind, 'classifications'>
    : never
  : never;

export type Keyframe = z.infer<typeof keyframe>;

/** How one thing marked stands to another, both by annotation id. */
export const relationship = z
  .object({
    id: z.string().optional(),
    from: z.string(),
    to: z.string(),
    direction: z.string().optional(),
    labels: z.array(z.string()).optional(),
  })
  .meta({ id: 'Relationship' });
export type Relationship = z.infer<typeof relationship>;
