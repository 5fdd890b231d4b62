import * as z from 'zod';

export const whoAmI = z.object({ active_organization: z.number().nullish() });

export const project = z.looseObject({ id: z.number() });

/** A page of projects. `next` is the address of the next one. */
export const projectPage = z.object({ results: z.array(project), next: z.string().nullish() });

export const annotation = z.looseObject({ id: z.number() });

/** A task with its annotations, as `fields=all` gives it. */
export const task = z.looseObject({
  id: z.number(),
  created_at: z.string(),
  updated_at: z.string(),
  project: z.number().nullish(),
  total_annotations: z.number().nullish(),
  cancelled_annotations: z.number().nullish(),
  annotations: z.array(annotation),
});

export const taskPage = z.object({ tasks: z.array(task), total: z.number() });

export type ProjectAnswer = z.infer<typeof project>;
export type TaskAnswer = z.infer<typeof task>;
export type AnnotationAnswer = z.infer<typeof annotation>;
