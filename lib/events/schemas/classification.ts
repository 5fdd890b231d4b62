import { z } from 'zod';
import { others } from './others';

/** A choice that was made. */
export const answer = z
  .object({
    id: z.string().optional(),
    name: z.string().optional(),
    value: z.string().optional(),
    schemaId: z.string().optional(),
    path: z.array(z.string()).optional(),
    get classifications() {
      return z.array(classification).optional();
    },
    other: others,
  })
  .meta({ id: 'Answer' });
export type Answer = z.infer<typeof answer>;

/** A question and what was answered. */
export const classification = z
  .object({
    id: z.string().optional(),
    name: z.string().optional(),
    /** The name as code has it, where that is another. */
    value: z.string().optional(),
    schemaId: z.string().optional(),
    type: z.enum([
      'radio',
      'checklist',
      'text',
      'number',
      'rating',
      'taxonomy',
      'datetime',
      'ranking',
      'pairwise',
      'other',
    ]),
    answers: z.array(answer).optional(),
    text: z.string().optional(),
    number: z.number().optional(),
    rating: z.number().optional(),
    datetime: z.string().optional(),
    selected: z.string().optional(),
    ranking: z.unknown().optional(),
    frame: z.number().optional(),
    /** The stretches that it is about, from the first to the last. */
    ranges: z.array(z.tuple([z.number(), z.number()])).optional(),
    /** In what those count: `frame`, both ends included, or `ms`. */
    unit: z.string().optional(),
    group: z.string().optional(),
    itemIndex: z.number().optional(),
    messageId: z.string().optional(),
    /** The object of the task that it is about, by the name that the project's config gives it. */
    target: z.string().optional(),
    /** What was received, where the type is `other`. */
    native: z.unknown().optional(),
    other: others,
  })
  .meta({ id: 'Classification' });
export type Classification = z.infer<typeof classification>;
