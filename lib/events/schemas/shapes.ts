import * as z from 'zod';

/** The member that tells apart the geometries. */
export const kindOf = <K extends string>(kind: K) =>
  z.literal(kind).describe('The kind of the geometry.');

export const xy = z.tuple([z.number(), z.number()]);
export const box = z.tuple([z.number(), z.number(), z.number(), z.number()]);

const rotation = z.number().describe('Degrees clockwise.').optional();

/**
 * The geometries of an image or of a frame of a video: a phrase that describes each, its members, and an example of
 * them.
 */
export const shapes = {
  bbox: {
    phrase: 'a box, which may be rotated',
    example: { kind: 'bbox', bbox: [10, 20, 300, 150] },
    members: {
      bbox: box.describe(
        '`[left, top, width, height]` in pixels. For a rotated box it is the upright box around `corners`.',
      ),
      rotation,
      corners: z
        .tuple([xy, xy, xy, xy])
        .describe(
          'The corners `[x, y]` of a rotated box in pixels, clockwise, along its width first.',
        )
        .optional(),
    },
  },
  polygon: {
    phrase: 'a closed polygon',
    example: {
      kind: 'polygon',
      points: [
        [10, 20],
        [310, 20],
        [160, 170],
      ],
    },
    members: {
      points: z
        .array(xy)
        .describe('The corners `[x, y]` in pixels. The first one is not repeated at the end.'),
    },
  },
  polyline: {
    phrase: 'a line of several points',
    example: {
      kind: 'polyline',
      points: [
        [10, 20],
        [310, 20],
      ],
    },
    members: {
      points: z.array(xy).describe('The points `[x, y]` in pixels, from one end to the other.'),
    },
  },
  point: {
    phrase: 'a point',
    example: { kind: 'point', point: [160, 95] },
    members: {
      point: xy.describe('`[x, y]` in pixels.'),
    },
  },
  ellipse: {
    phrase: 'an ellipse',
    example: { kind: 'ellipse', center: [160, 95], radii: [150, 75] },
    members: {
      center: xy.describe('`[x, y]` in pixels.'),
      radii: xy.describe('`[horizontal, vertical]` in pixels, before the rotation.'),
      rotation,
    },
  },
  mask: {
    phrase: 'a mask of pixels',
    example: { kind: 'mask', rle: { size: [2, 3], counts: [2, 3, 1] } },
    members: {
      uri: z.string().describe('The address of an image of the mask.').optional(),
      colorRgb: z
        .array(z.number())
        .describe('The color of the mask in that image: red, green and blue from 0 to 255.')
        .optional(),
      rle: z
        .object({
          size: xy.describe('`[height, width]` in pixels.'),
          counts: z
            .array(z.number())
            .describe(
              'The lengths of runs in pixels, column by column, the first one outside the mask.',
            ),
        })
        .describe("The pixels of the mask as COCO's uncompressed run lengths.")
        .optional(),
    },
  },
  other: {
    phrase: 'a geometry of an unknown kind',
    example: { kind: 'other', native: { cuboid: { depth: 5 } } },
    members: {
      native: z.unknown().describe('The geometry as the platform sent it.'),
    },
  },
} as const;

/** A geometry's phrase and its example. */
export type Shape = Readonly<{ phrase: string; example: object }>;
