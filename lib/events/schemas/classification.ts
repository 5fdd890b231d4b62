import { z } from 'zod';

/** A choice that was made. */
export const answer = z
  .object({
    name: z.string().optional(),
    value: z.string().optional(),
    schemaId: z.string().optional(),
    path: z.array(z.string()).optional(),
    get classifications() {
      return z.array(classification).optional();
    },
  })
  .meta({ id: 'Answer' });
export type Answer = z.infer<typeof answer>;

/** A question and what was answered. */
export const classification = z
  .object({
    name: z.string().optional(),
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
    messageId: z.string().optional(),
  })
  .meta({ id: 'Classification' });
export type Classification = z.infer<typeof classification>;
