import * as z from 'zod';
import { annotation, relationship } from './annotation';
import { classification } from './classification';
import { others } from './others';

export const time = z.iso.datetime().meta({
  id: 'Time',
  description: 'A time in UTC, as RFC 3339 writes it.',
  examples: ['2026-01-01T12:00:00Z'],
});

export const person = z
  .object({
    id: z.string().describe('The id of the person on the platform.').optional(),
    email: z.string().describe('The email address.').optional(),
  })
  .meta({
    id: 'Person',
    description: 'A user of the platform.',
    examples: [{ id: '7', email: 'ann@example.com' }],
  });

const named = {
  id: z.string().describe('The id on the platform.').optional(),
  name: z.string().describe('The name on the platform.').optional(),
};
export const reference = z.object(named).meta({
  id: 'Named',
  description: 'A thing of the platform, such as a project, by its id and its name.',
  examples: [{ id: '42', name: 'Cats' }],
});

export const counts = z
  .object({
    tasks: z.number().describe('The number of tasks.').optional(),
    finishedTasks: z.number().describe('The number of tasks that are labeled.').optional(),
    annotations: z.number().describe('The number of labels.').optional(),
    skipped: z.number().describe('The number of skipped labels.').optional(),
    predictions: z.number().describe('The number of predictions.').optional(),
    groundTruth: z.number().describe('The number of labels marked as ground truth.').optional(),
  })
  .meta({
    id: 'Counts',
    description: "The platform's counts of a project at the time of the event.",
    examples: [{ tasks: 100, finishedTasks: 40, annotations: 44, skipped: 2 }],
  });

const labeledClass = z
  .object({
    name: z.string().describe('The name of the class.'),
    id: z.string().describe('The id of the class.').optional(),
    control: z
      .string()
      .describe('The tag of the config that offers the class, by its name.')
      .optional(),
    color: z.string().describe('The color in which the platform shows it.').optional(),
  })
  .describe("A class in a project's config.");

const target = z
  .object({
    name: z.string().describe('The name of the object, such as `image`.'),
    kind: z.string().describe('The kind of the object, such as `Image`.').optional(),
    value: z.string().describe("Its place in the task's data, such as `$image`.").optional(),
  })
  .describe("An object that is labeled, as a project's config names it.");

export const labeledProject = z
  .object({
    ...named,
    classes: z.array(labeledClass).describe("The classes in the project's config.").optional(),
    targets: z.array(target).describe('The objects that are labeled.').optional(),
    counts: counts.describe("The platform's counts of the project.").optional(),
  })
  .meta({
    id: 'LabeledProject',
    description: 'The project of a label, with the parts of its config that training needs.',
    examples: [
      {
        id: '42',
        name: 'Cats',
        classes: [{ name: 'cat', control: 'box' }],
        targets: [{ name: 'image', kind: 'Image', value: '$image' }],
      },
    ],
  });

export const workflow = z
  .object({
    status: z.string().describe('The status, as the platform names it. `DONE` is done.').optional(),
    changedAt: time.describe('The time of its last change.').optional(),
  })
  .meta({
    id: 'Workflow',
    description: 'The state of a data row in the workflow of its project.',
    examples: [{ status: 'IN_REVIEW', changedAt: '2026-01-01T12:00:00Z' }],
  });

const item = z
  .object({
    index: z.number().describe('The index of the image, from 0.'),
    width: z.number().describe('The width in pixels.').optional(),
    height: z.number().describe('The height in pixels.').optional(),
  })
  .describe('An image of a task with several images.');

export const media = z
  .object({
    type: z.string().describe('The type, as the platform names it, such as `image`.').optional(),
    mimeType: z.string().describe('The MIME type.').optional(),
    width: z.number().describe('The width in pixels.').optional(),
    height: z.number().describe('The height in pixels.').optional(),
    frameRate: z.number().describe('The frames per second.').optional(),
    frameCount: z.number().describe('The number of frames.').optional(),
    duration: z.number().describe('The duration in seconds.').optional(),
    pages: z.number().describe('The number of pages.').optional(),
    items: z.array(item).describe('The images of a task with several images.').optional(),
  })
  .meta({
    id: 'Media',
    description: 'The properties of the image, video, sound or document.',
    examples: [{ mimeType: 'image/jpeg', width: 1920, height: 1080 }],
  });

const metadata = z
  .object({
    name: z.string().describe('The name of the field.').optional(),
    value: z.unknown().describe('Its value.').optional(),
    id: z.string().describe('The id of the field in Labelbox.').optional(),
  })
  .describe('A field of metadata.');

/** The members that a data row and a task share. */
export const row = {
  content: z
    .unknown()
    .describe("A URL or the customer's own data, as the platform gives it.")
    .optional(),
  createdAt: time.describe('The time of its creation.').optional(),
  updatedAt: time.describe('The time of its last change.').optional(),
  labeled: z.boolean().describe('Whether the platform counts it as labeled.').optional(),
  overlap: z.number().describe('The number of labels that it needs.').optional(),
};

export const dataRow = z
  .object({
    id: z.string().describe('The id of the data row or task.').optional(),
    externalId: z.string().describe("The customer's own id.").optional(),
    globalKey: z.string().describe("The customer's own id, unique in Labelbox.").optional(),
    ...row,
    media: media.describe('Its size, length and the like.').optional(),
    metadata: z.array(metadata).describe('The metadata of the data row in Labelbox.').optional(),
  })
  .meta({
    id: 'DataRow',
    description:
      'The labeled thing, such as an image: a data row of Labelbox, or a task of Label Studio.',
    examples: [{ id: '7', content: { image: 'https://example.com/cat.jpg' }, labeled: true }],
  });

const annotations = z.array(annotation).describe('The marked objects.').optional();

export const label = z
  .object({
    id: z.string().describe('The id of the label.').optional(),
    createdAt: time.describe('The time of its creation.').optional(),
    updatedAt: time.describe('The time of its last change.').optional(),
    deleted: z.boolean().describe('Whether the label was deleted.').optional(),
    skipped: z
      .boolean()
      .describe('Whether the annotator skipped the data row. `annotations` may have older work.')
      .optional(),
    secondsToLabel: z.number().describe('The time spent on the label, in seconds.').optional(),
    createdBy: person.describe('The annotator.').optional(),
    agreement: z
      .number()
      .describe('The agreement with other labels, as Labelbox scores it.')
      .optional(),
    benchmarkAgreement: z
      .number()
      .describe('The agreement with the benchmark label, as Labelbox scores it.')
      .optional(),
    groundTruth: z.boolean().describe('Whether the label is marked as ground truth.').optional(),
    kind: z
      .string()
      .describe("The platform's own kind of label, such as `Default` or `Video`.")
      .optional(),
    framesUri: z.string().describe('The address of the frames of a video.').optional(),
    annotations,
    classifications: z
      .array(classification)
      .describe('The answers about the whole data row.')
      .optional(),
    relationships: z.array(relationship).describe('Relations between annotations.').optional(),
    other: others,
  })
  .meta({
    id: 'Label',
    description: 'The annotations and answers of one annotator for one data row.',
    examples: [
      {
        id: '9',
        createdAt: '2026-01-01T12:00:00Z',
        createdBy: { email: 'ann@example.com' },
        annotations: [{ name: 'cat', kind: 'bbox', bbox: [10, 20, 300, 150], classifications: [] }],
        classifications: [],
      },
    ],
  });
