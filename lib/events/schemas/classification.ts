import * as z from 'zod';
import { others } from './others';

export const answer = z
  .object({
    id: z.string().describe('The id of the answer.').optional(),
    name: z.string().describe('The name of the option.').optional(),
    value: z.string().describe('The name of the option for programs, if it differs.').optional(),
    schemaId: z.string().describe("The id of the option in Labelbox's ontology.").optional(),
    path: z
      .array(z.string())
      .describe('The options of a taxonomy from its root to this one.')
      .optional(),
    get classifications() {
      return z
        .array(classification)
        .describe('The questions that come with this option, with their answers.')
        .optional();
    },
    other: others,
  })
  .meta({
    id: 'Answer',
    description: 'A selected option of a question.',
    examples: [{ name: 'Tabby', value: 'tabby' }],
  });

export const classification = z
  .object({
    id: z.string().describe('The id of the answered question.').optional(),
    name: z.string().describe('The name of the question.').optional(),
    value: z.string().describe('The name of the question for programs, if it differs.').optional(),
    schemaId: z.string().describe("The id of the question in Labelbox's ontology.").optional(),
    type: z
      .enum([
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
      ])
      .describe('The type of the question. It says which member has the answer.'),
    answers: z.array(answer).describe('The selected options.').optional(),
    text: z.string().describe('The text. Several texts are joined by newlines.').optional(),
    number: z.number().describe('The number.').optional(),
    rating: z.number().describe('The rating, such as 1 to 5 stars.').optional(),
    datetime: z.string().describe('The date or time, as the platform formats it.').optional(),
    selected: z.string().describe('The preferred one of a pair, `left` or `right`.').optional(),
    ranking: z.unknown().describe('The ranking, as the platform sent it.').optional(),
    frame: z.number().describe('The frame of a video that the answer is about.').optional(),
    ranges: z
      .array(z.tuple([z.number(), z.number()]))
      .describe('The ranges that the answer is about, each from its first to its last position.')
      .optional(),
    unit: z
      .string()
      .describe('The unit of `ranges`: `frame`, with both ends included, or `ms`.')
      .optional(),
    group: z.string().describe('The group of frames that the answer is about.').optional(),
    itemIndex: z
      .number()
      .describe("The picture of a task with several, as an index of the media's `items`, from 0.")
      .optional(),
    messageId: z.string().describe('The message of a conversation.').optional(),
    target: z
      .string()
      .describe("The object of the task that it is about, by its name in the project's config.")
      .optional(),
    native: z
      .unknown()
      .describe('The answer as it was received, if its type is `other`.')
      .optional(),
    other: others,
  })
  .meta({
    id: 'Classification',
    description: 'A question and its answer.',
    examples: [{ name: 'Breed', type: 'radio', answers: [{ name: 'Tabby', value: 'tabby' }] }],
  });
