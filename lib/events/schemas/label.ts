import { z } from 'zod';
import { annotation, relationship } from './annotation';
import { classification } from './classification';
import { others } from './others';

/** RFC 3339 in UTC. */
export const time = z.iso.datetime().meta({ id: 'Time' });

export const person = z
  .object({ id: z.string().optional(), email: z.string().optional() })
  .meta({ id: 'Person' });
export const named = z
  .object({ id: z.string().optional(), name: z.string().optional() })
  .meta({ id: 'Named' });

const count = z.number().optional();

/** The counts of a project, if the platform sends them. */
export const counts = z
  .object({
    tasks: count,
    finishedTasks: count,
    annotations: count,
    skipped: count,
    predictions: count,
    groundTruth: count,
  })
  .meta({ id: 'Counts' });

/** The project of a label, with the parts of its config that training needs. */
export const labeledProject = named
  .extend({
    /** The classes in the project's config. */
    classes: z
      .array(
        z.object({
          name: z.string(),
          id: z.string().optional(),
          /** The tag of the config that offers the class, by its name. */
          control: z.string().optional(),
          color: z.string().optional(),
        }),
      )
      .optional(),
    /** The objects that are labeled, such as `image`, `Image`, `$image`. */
    targets: z
      .array(
        z.object({ name: z.string(), kind: z.string().optional(), value: z.string().optional() }),
      )
      .optional(),
    counts: counts.optional(),
  })
  .meta({ id: 'LabeledProject' });
export type LabeledProject = z.infer<typeof labeledProject>;

/** The state of a data row in the workflow of its project. */
export const workflow = z
  .object({
    status: z.string().optional(),
    changedAt: time.optional(),
  })
  .meta({ id: 'Workflow' });

/** The properties of the image, video, sound or document. */
export const media = z
  .object({
    type: z.string().optional(),
    mimeType: z.string().optional(),
    /** In pixels. */
    width: z.number().optional(),
    height: z.number().optional(),
    /** Per second. */
    frameRate: z.number().optional(),
    frameCount: z.number().optional(),
    /** In seconds. */
    duration: z.number().optional(),
    pages: z.number().optional(),
    /** The images of a task with several images, by index from 0. */
    items: z
      .array(
        z.object({
          index: z.number(),
          width: z.number().optional(),
          height: z.number().optional(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Media' });

export const dataRow = z
  .object({
    id: z.string().optional(),
    externalId: z.string().optional(),
    globalKey: z.string().optional(),
    /** A URL or the customer's own data, as the platform gives it. */
    content: z.unknown().optional(),
    createdAt: time.optional(),
    updatedAt: time.optional(),
    /** Whether the platform counts the data row as labeled. */
    labeled: z.boolean().optional(),
    /** The number of labels that the data row needs. */
    overlap: z.number().optional(),
    media: media.optional(),
    metadata: z
      .array(
        z.object({
          name: z.string().optional(),
          value: z.unknown().optional(),
          id: z.string().optional(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'DataRow' });
export type DataRow = z.infer<typeof dataRow>;

/** The annotations and answers of one annotator for one data row. */
export const label = z
  .object({
    id: z.string().optional(),
    createdAt: time.optional(),
    updatedAt: time.optional(),
    deleted: z.boolean().optional(),
    skipped: z.boolean().optional(),
    secondsToLabel: z.number().optional(),
    createdBy: person.optional(),
    agreement: z.number().optional(),
    benchmarkAgreement: z.number().optional(),
    groundTruth: z.boolean().optional(),
    /** The platform's own kind of label, such as `Default` or `Video`. */
    kind: z.string().optional(),
    /** The address of the frames of a video. */
    framesUri: z.string().optional(),
    annotations: z.array(annotation).optional(),
    classifications: z.array(classification).optional(),
    relationships: z.array(relationship).optional(),
    other: others,
  })
  .meta({ id: 'Label' });
/**
 * The annotations and answers of one annotator for one data row.
 *
 * @example
 * ```ts
 * import type { Label } from 'labelrelay/worker';
 *
 * const label: Label = { id: 'a', annotations: [], classifications: [] };
 * console.log(label.annotations?.length); // 0
 * ```
 */
export type Label = z.infer<typeof label>;
