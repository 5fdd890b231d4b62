import { z } from 'zod';
import { others } from './others';

/** A selected option. */
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

/** A question and its answer. */
export const classification = z
  .object({
    id: z.string().optional(),
    name: z.string().optional(),
    /** The name for programs, if it differs. */
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
    /** The ranges that the answer is about, each from its first to its last position. */
    ranges: z.array(z.tuple([z.number(), z.number()])).optional(),
    /** The unit of `ranges`: `frame`, with both ends included, or `ms`. */
    unit: z.string().optional(),
    group: z.string().optional(),
    itemIndex: z.number().optional(),
    messageId: z.string().optional(),
    /** The object of the task that the answer is about, by its name in the project's config. */
    target: z.string().optional(),
    /** The answer as it was received, if its type is `other`. */
    native: z.unknown().optional(),
    other: others,
  })
  .meta({ id: 'Classification' });
export type Classification = z.infer<typeof classification>;
