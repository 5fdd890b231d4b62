import { z } from 'zod';
import { counts, dataRow, label, labeledProject, named, person, time, workflow } from './label';

const common = {
  platform: z.string(),
  /** The platform's own name of the event, such as `LABEL_UPDATED`. */
  event: z.string().optional(),
  /** The platform's payload as it was received, without its secrets. */
  native: z.unknown().optional(),
  /** The address of that payload if it is too large for memory: `s3://bucket/key`. */
  nativeref: z.string().optional(),
  /** The SHA-256 of the bytes at that address. */
  nativedigest: z.string().optional(),
};
const place = {
  project: named.optional(),
  dataset: named.optional(),
  dataRow: dataRow.optional(),
};

export const labelData = z.object({
  ...common,
  ...place,
  project: labeledProject.optional(),
  workflow: workflow.optional(),
  labels: z.array(label).optional(),
});
/**
 * The `data` of `label.created`, `label.updated` and `label.deleted`. `labels` has all labels that the subject has now.
 *
 * @example
 * ```ts
 * import type { LabelData } from 'labelrelay/worker';
 *
 * const data: LabelData = { platform: 'labelbox', labels: [{ id: 'a' }, { id: 'b' }] };
 * console.log(data.labels?.map(({ id }) => id).join()); // a,b
 * ```
 */
export type LabelData = z.infer<typeof labelData>;

export const reviewData = z.object({
  ...common,
  ...place,
  label: label.optional(),
  review: z
    .object({
      id: z.string().optional(),
      score: z.number().optional(),
      createdAt: time.optional(),
      updatedAt: time.optional(),
      deleted: z.boolean().optional(),
      createdBy: person.optional(),
    })
    .optional(),
});
export type ReviewData = z.infer<typeof reviewData>;

const reference = z.object({ id: z.string().optional() });

export const workflowData = z.object({
  ...common,
  organization: reference.optional(),
  project: reference.optional(),
  dataRow: reference,
  workflow: z.object({
    action: z.string().optional(),
    actorId: z.string().optional(),
    from: named.optional(),
    to: named.optional(),
    timestamp: time.optional(),
  }),
});
export type WorkflowData = z.infer<typeof workflowData>;

export const trainingData = z.object({
  ...common,
  project: named.optional(),
  training: z
    .object({
      modelId: z.string().optional(),
      modelRunId: z.string().optional(),
      modelType: z.string().optional(),
    })
    .optional(),
});
export type TrainingData = z.infer<typeof trainingData>;

export const taskData = z.object({
  ...common,
  project: named.extend({ counts: counts.optional() }).optional(),
  task: z
    .object({
      id: z.string().optional(),
      content: z.unknown().optional(),
      createdAt: time.optional(),
      updatedAt: time.optional(),
      labeled: z.boolean().optional(),
      overlap: z.number().optional(),
    })
    .optional(),
});
export type TaskData = z.infer<typeof taskData>;

export const projectData = z.object({
  ...common,
  project: named
    .extend({
      description: z.string().optional(),
      createdAt: time.optional(),
      updatedAt: time.optional(),
      counts: counts.optional(),
    })
    .optional(),
});
export type ProjectData = z.infer<typeof projectData>;

export const unrecognizedReason = z.enum([
  'unknown-event',
  'event-contradicts-body',
  'not-understood',
  'too-deep',
  'too-large',
]);
export type UnrecognizedReason = z.infer<typeof unrecognizedReason>;

export const unrecognizedData = z.object({
  ...common,
  reason: unrecognizedReason,
  /** The address of the bytes if they are not in the event: `s3://bucket/key`. */
  raw: z.string().optional(),
});
export type UnrecognizedData = z.infer<typeof unrecognizedData>;

export type EventData =
  | LabelData
  | ReviewData
  | WorkflowData
  | TrainingData
  | TaskData
  | ProjectData
  | UnrecognizedData;
