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

/** How much there is in a project, as far as the platform says. */
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

/** The project of a label, with what training needs to know of its config. */
export const labeledProject = named
  .extend({
    /** The classes that the project's config allows. */
    classes: z
      .array(
        z.object({
          name: z.string(),
          id: z.string().optional(),
          /** The tag of the config that offers it, by its name. */
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

/** Where a data row stands in the workflow of its project. */
export const workflow = z
  .object({
    status: z.string().optional(),
    changedAt: time.optional(),
  })
  .meta({ id: 'Workflow' });

/** What is known of the picture, video, sound or document itself. */
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
    /** The pictures of a task that has several, counted from 0. */
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
    /** Whether the platform counts it as done, */
    labeled: z.boolean().optional(),
    /** and how many labels it waits for. */
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

/** What one person made of one data row. */
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
    /** The platform's own word for it, such as `Default` or `Video`. */
    kind: z.string().optional(),
    /** Where the content of a video is to be had. */
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
