import * as z from 'zod';
import { classification } from './classification';
import { others } from './others';
import { kindOf, type Shape, shapes } from './shapes';
import { unit } from './unit';

const moment = {
  frame: z.number().describe('The number of the frame, as the platform counts.').optional(),
  time: z.number().describe('The time of the frame in seconds from the start.').optional(),
  enabled: z.boolean().describe('Whether the object is visible from this frame on.').optional(),
  interpolated: z.boolean().describe('Whether the platform interpolated this frame.').optional(),
  group: z.string().describe('The group of frames, such as a view of a DICOM volume.').optional(),
  classifications: z
    .array(classification)
    .describe('The answers about the object on this frame.')
    .optional(),
  unit,
  other: others,
};

const about = (id: string, { phrase, example }: Shape) => ({
  id: `${id}Keyframe`,
  description: `One frame of a track: ${phrase}.`,
  examples: [{ frame: 12, ...example }],
});

export const keyframe = z
  .discriminatedUnion('kind', [
    z
      .object({ ...moment, kind: kindOf('bbox'), ...shapes.bbox.members })
      .meta(about('Bbox', shapes.bbox)),
    z
      .object({ ...moment, kind: kindOf('polygon'), ...shapes.polygon.members })
      .meta(about('Polygon', shapes.polygon)),
    z
      .object({ ...moment, kind: kindOf('polyline'), ...shapes.polyline.members })
      .meta(about('Polyline', shapes.polyline)),
    z
      .object({ ...moment, kind: kindOf('point'), ...shapes.point.members })
      .meta(about('Point', shapes.point)),
    z
      .object({ ...moment, kind: kindOf('ellipse'), ...shapes.ellipse.members })
      .meta(about('Ellipse', shapes.ellipse)),
    z
      .object({ ...moment, kind: kindOf('mask'), ...shapes.mask.members })
      .meta(about('Mask', shapes.mask)),
    z
      .object({ ...moment, kind: kindOf('other'), ...shapes.other.members })
      .meta(about('Other', shapes.other)),
  ])
  .meta({
    id: 'Keyframe',
    description: 'One frame of a track. `kind` names its geometry.',
    examples: [{ frame: 12, ...shapes.bbox.example }],
  });
