import * as z from 'zod';
import { classification } from './classification';
import { keyframe } from './keyframe';
import { others } from './others';
import { box, kindOf, type Shape, shapes, xy } from './shapes';
import { unit } from './unit';

/** A position on a track: seconds, a frame number, or a text if the platform sends one. */
const position = z.union([z.number(), z.string()]);

const common = {
  id: z.string().describe('The id of the annotation within its label.').optional(),
  name: z.string().describe('The class. If there are several classes, it is the first.').optional(),
  names: z.array(z.string()).describe('All classes, if there are several.').optional(),
  value: z.string().describe('The name of the class for programs, if it differs.').optional(),
  schemaId: z.string().describe("The id of the class in Labelbox's ontology.").optional(),
  classifications: z.array(classification).describe('The answers about this annotation.'),
  color: z.string().describe('The color in which the platform shows it.').optional(),
  score: z.number().describe('The confidence of a prediction.').optional(),
  origin: z.string().describe('Its origin, such as `manual` or `prediction`.').optional(),
  page: z.number().describe('The page of a document, as the platform counts.').optional(),
  frame: z.number().describe('The frame of a video, as the platform counts.').optional(),
  parentId: z
    .string()
    .describe('The `id` of the annotation that this one is a part of.')
    .optional(),
  itemIndex: z
    .number()
    .describe("The picture of a task with several, as an index of the media's `items`, from 0.")
    .optional(),
  imageRotation: z
    .number()
    .describe('The rotation of the image while it was labeled, in degrees.')
    .optional(),
  messageId: z.string().describe('The message of a conversation.').optional(),
  target: z
    .string()
    .describe("The annotated object of the task, by its name in the project's config.")
    .optional(),
  control: z
    .string()
    .describe("The tag of the project's config that offers the classes, by its name.")
    .optional(),
  unit,
  other: others,
};

const about = (id: string, { phrase, example }: Shape) => ({
  id: `${id}Annotation`,
  description: `An annotation that is ${phrase}.`,
  examples: [{ name: 'cat', ...example, classifications: [] }],
});

const part = z
  .object({
    page: z.number().describe('The page, as the platform counts.').optional(),
    text: z.string().describe('The text of this part.').optional(),
    tokens: z.array(z.unknown()).describe('The tokens, as the platform sent them.').optional(),
  })
  .describe('The part of a text span on one page.');

const pageBox = z
  .object({
    page: z.number().describe('The page, as the platform counts.').optional(),
    bbox: box.describe('`[left, top, width, height]` in `unit`, else in pixels.'),
  })
  .describe('A box on one page.');

const geometry = z
  .object({
    type: z.string().describe('The type of the GeoJSON geometry, such as `Point`.'),
    coordinates: z.array(z.unknown()).describe('Degrees: longitude before latitude.').optional(),
    geometries: z.array(z.unknown()).describe('The parts of a `GeometryCollection`.').optional(),
  })
  .describe('A GeoJSON geometry: longitude before latitude, in degrees.');

export const annotation = z
  .discriminatedUnion('kind', [
    z
      .object({ ...common, kind: kindOf('bbox'), ...shapes.bbox.members })
      .meta(about('Bbox', shapes.bbox)),
    z
      .object({ ...common, kind: kindOf('polygon'), ...shapes.polygon.members })
      .meta(about('Polygon', shapes.polygon)),
    z
      .object({ ...common, kind: kindOf('polyline'), ...shapes.polyline.members })
      .meta(about('Polyline', shapes.polyline)),
    z
      .object({ ...common, kind: kindOf('point'), ...shapes.point.members })
      .meta(about('Point', shapes.point)),
    z
      .object({ ...common, kind: kindOf('ellipse'), ...shapes.ellipse.members })
      .meta(about('Ellipse', shapes.ellipse)),
    z
      .object({ ...common, kind: kindOf('mask'), ...shapes.mask.members })
      .meta(about('Mask', shapes.mask)),
    z
      .object({
        ...common,
        kind: kindOf('text-span'),
        start: z.number().describe('The index of the first character.').optional(),
        end: z.number().describe('The index of the first character after the span.').optional(),
        text: z.string().describe('The text of the span.').optional(),
        startPath: position
          .describe('The element in which `start` counts: an XPath, or the index of a paragraph.')
          .optional(),
        endPath: position
          .describe('The element in which `end` counts: an XPath, or the index of a paragraph.')
          .optional(),
        tokens: z.array(z.unknown()).describe('The tokens, as the platform sent them.').optional(),
        parts: z
          .array(part)
          .describe('The parts of a span over several pages of a document.')
          .optional(),
      })
      .meta(
        about('TextSpan', {
          phrase: 'a span of text, in characters as the platform counts them',
          example: { kind: 'text-span', start: 4, end: 7, text: 'cat' },
        }),
      ),
    z
      .object({
        ...common,
        kind: kindOf('time-span'),
        start: position.describe('The start in `unit`, such as `s` or `frame`.').optional(),
        end: position.describe('The end in `unit`, such as `s` or `frame`.').optional(),
        ranges: z
          .array(z.tuple([position, position]))
          .describe('The `[start, end]` of each of several spans, in `unit`.')
          .optional(),
        channel: z.number().describe('The channel of a sound.').optional(),
      })
      .meta(
        about('TimeSpan', {
          phrase: 'a span of time of a sound, video or series',
          example: { kind: 'time-span', start: 1.5, end: 4, unit: 's' },
        }),
      ),
    z
      .object({
        ...common,
        kind: kindOf('video-track'),
        keyframes: z.array(keyframe).describe('The frames for which the platform has a geometry.'),
        segments: z
          .array(xy)
          .describe('The first and the last frame of each segment, both included.')
          .optional(),
      })
      .meta(
        about('VideoTrack', {
          phrase: 'an object on several frames of a video',
          example: {
            kind: 'video-track',
            keyframes: [{ frame: 1, ...shapes.bbox.example }],
            segments: [[1, 30]],
          },
        }),
      ),
    z
      .object({
        ...common,
        kind: kindOf('document-box'),
        bbox: box
          .describe('`[left, top, width, height]` on `page`, in `unit`, else in pixels.')
          .optional(),
        boxes: z.array(pageBox).describe('The boxes, if there are several.').optional(),
      })
      .meta(
        about('DocumentBox', {
          phrase: 'a box on a page of a document, or several',
          example: { kind: 'document-box', page: 1, bbox: [72, 144, 200, 20], unit: 'POINTS' },
        }),
      ),
    z
      .object({
        ...common,
        kind: kindOf('geo'),
        geometry,
      })
      .meta(
        about('Geo', {
          phrase: 'a GeoJSON geometry on a map, in degrees',
          example: { kind: 'geo', geometry: { type: 'Point', coordinates: [13.4, 52.5] } },
        }),
      ),
    z
      .object({ ...common, kind: kindOf('other'), ...shapes.other.members })
      .meta(about('Other', shapes.other)),
  ])
  .meta({
    id: 'Annotation',
    description:
      'An annotation. `kind` names its geometry. Coordinates are pixels from the top left, unless `unit` names another unit.',
    examples: [{ name: 'cat', ...shapes.bbox.example, classifications: [] }],
  });

export const relationship = z
  .object({
    id: z.string().describe('The id of the relation.').optional(),
    from: z.string().describe('The `id` of the first annotation.'),
    to: z.string().describe('The `id` of the second annotation.'),
    direction: z.string().describe('The direction, as the platform names it.').optional(),
    labels: z.array(z.string()).describe('The names of the relation.').optional(),
    other: others,
  })
  .meta({
    id: 'Relationship',
    description: 'A relation between two annotations of a label, named by their ids.',
    examples: [{ from: 'rider-1', to: 'horse-1', direction: 'right', labels: ['rides'] }],
  });
