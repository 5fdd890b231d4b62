import * as z from 'zod';
import {
  counts,
  dataRow,
  label,
  labeledProject,
  person,
  reference,
  row,
  time,
  workflow,
} from './label';

const common = {
  platform: z.string().describe('The name of the platform, such as `labelbox`.'),
  event: z
    .string()
    .describe("The platform's own name of the event, such as `LABEL_UPDATED`.")
    .optional(),
  native: z
    .unknown()
    .describe("The platform's payload as it was received, without its secrets.")
    .optional(),
  nativeref: z
    .string()
    .describe('The address of that payload if it is too large for memory: `s3://bucket/key`.')
    .optional(),
  nativedigest: z.string().describe('The SHA-256 of the bytes at that address.').optional(),
};
const project = reference.describe('The project.').optional();
const place = {
  project,
  dataset: reference.describe('The dataset of the data row in Labelbox.').optional(),
  dataRow: dataRow.describe('The labeled thing.').optional(),
};

const dataOf = 'The `data` of an event';

export const labelData = z
  .object({
    ...common,
    ...place,
    project: labeledProject.describe('The project, with its classes if they are known.').optional(),
    workflow: workflow.describe('The state of the data row in the workflow.').optional(),
    labels: z.array(label).describe('All labels that the subject has now.').optional(),
  })
  .meta({
    description: `${dataOf} about labels. It has all labels that the subject has now.`,
    examples: [
      {
        platform: 'label-studio',
        event: 'ANNOTATION_CREATED',
        project: { id: '42', name: 'Cats' },
        dataRow: { id: '7', content: { image: 'https://example.com/cat.jpg' } },
        labels: [
          {
            id: '9',
            annotations: [
              { name: 'cat', kind: 'bbox', bbox: [10, 20, 300, 150], classifications: [] },
            ],
            classifications: [],
          },
        ],
      },
    ],
  });

export const reviewData = z
  .object({
    ...common,
    ...place,
    label: label.describe('The reviewed label, as far as the platform sends it.').optional(),
    review: z
      .object({
        id: z.string().describe('The id of the review.').optional(),
        score: z.number().describe('The score, as the platform gives it.').optional(),
        createdAt: time.describe('The time of its creation.').optional(),
        updatedAt: time.describe('The time of its last change.').optional(),
        deleted: z.boolean().describe('Whether the review was deleted.').optional(),
        createdBy: person.describe('The reviewer.').optional(),
      })
      .describe('The review.')
      .optional(),
  })
  .meta({
    description: `${dataOf} about a review of a label.`,
    examples: [
      {
        platform: 'labelbox',
        event: 'REVIEW_CREATED',
        label: { id: 'a' },
        review: { id: 'r', score: 1, createdBy: { email: 'bob@example.com' } },
      },
    ],
  });

const byId = (description: string) =>
  z.object({ id: z.string().describe('The id on the platform.').optional() }).describe(description);

export const workflowData = z
  .object({
    ...common,
    organization: byId('The organization.').optional(),
    project: byId('The project.').optional(),
    dataRow: byId('The data row that moved.'),
    workflow: z
      .object({
        action: z.string().describe('The action, as the platform names it.').optional(),
        actorId: z.string().describe('The id of the user who did it.').optional(),
        from: reference.describe('The step or state before.').optional(),
        to: reference
          .describe('The step or state now. Without an id, the data row is done.')
          .optional(),
        timestamp: time.describe('The time of the action.').optional(),
      })
      .describe('The action.'),
  })
  .meta({
    description: `${dataOf} about a data row that moved in the workflow of its project.`,
    examples: [
      {
        platform: 'labelbox',
        project: { id: 'p' },
        dataRow: { id: 'd' },
        workflow: { action: 'APPROVE', to: { name: 'Done' }, timestamp: '2026-01-01T12:00:00Z' },
      },
    ],
  });

export const trainingData = z
  .object({
    ...common,
    project,
    training: z
      .object({
        modelId: z.string().describe('The id of the model.').optional(),
        modelRunId: z.string().describe('The id of the model run.').optional(),
        modelType: z.string().describe('The type of the model, as it was asked for.').optional(),
      })
      .describe('The model to train.')
      .optional(),
  })
  .meta({
    description: `${dataOf} about a model that somebody asked to be trained.`,
    examples: [
      {
        platform: 'labelbox',
        training: { modelId: 'm', modelRunId: 'r', modelType: 'example-model' },
      },
    ],
  });

export const taskData = z
  .object({
    ...common,
    project: z
      .object({
        ...reference.shape,
        counts: counts.describe("The platform's counts of the project.").optional(),
      })
      .describe('The project.')
      .optional(),
    task: z
      .object({ id: z.string().describe('The id of the task.').optional(), ...row })
      .describe('The task.')
      .optional(),
  })
  .meta({
    description: `${dataOf} about a task that was added or removed.`,
    examples: [
      {
        platform: 'label-studio',
        event: 'TASKS_CREATED',
        project: { id: '42' },
        task: { id: '7', content: { image: 'https://example.com/cat.jpg' }, overlap: 1 },
      },
    ],
  });

export const projectData = z
  .object({
    ...common,
    project: z
      .object({
        ...reference.shape,
        description: z.string().describe('The description of the project.').optional(),
        createdAt: time.describe('The time of its creation.').optional(),
        updatedAt: time.describe('The time of its last change.').optional(),
        counts: counts.describe("The platform's counts of the project.").optional(),
      })
      .describe('The project.')
      .optional(),
  })
  .meta({
    description: `${dataOf} about a project.`,
    examples: [
      {
        platform: 'label-studio',
        event: 'PROJECT_CREATED',
        project: { id: '42', name: 'Cats', createdAt: '2026-01-01T12:00:00Z' },
      },
    ],
  });

const completedAt = time.describe("When it became done, by the platform's clock.");
const platform = common.platform;

export const taskCompletedData = z
  .object({
    platform,
    project,
    task: reference.describe('The task in Label Studio.').optional(),
    dataRow: reference.describe('The data row in Labelbox.').optional(),
    completedAt,
  })
  .meta({
    description: `${dataOf} that tells that a task or a data row became done.`,
    examples: [
      {
        platform: 'label-studio',
        project: { id: '42', name: 'Cats' },
        task: { id: '7' },
        completedAt: '2026-01-01T12:00:00.000000Z',
      },
    ],
  });

export const projectCompletedData = z
  .object({
    platform,
    project,
    tasks: z.number().describe('The number of its tasks, all of which are done.'),
    completedAt,
  })
  .meta({
    description: `${dataOf} that tells that all tasks of a project became done.`,
    examples: [
      {
        platform: 'label-studio',
        project: { id: '42', name: 'Cats' },
        tasks: 120,
        completedAt: '2026-01-01T12:00:00.000000Z',
      },
    ],
  });

export const milestoneData = z
  .object({
    platform,
    rule: z.string().describe('The name of the rule.'),
    reason: z
      .enum(['count', 'quiet', 'max', 'manual'])
      .describe('The condition that was met, or `manual` if a person fired the rule.'),
    source: z.string().describe('The configured name of the source.'),
    project: reference.describe('The project, if the rule counts by project.').optional(),
    subjects: z
      .number()
      .describe('The number of different subjects that changed since the rule last fired.'),
    firstAt: time.describe('When the first of these changes was counted.'),
    lastAt: time.describe('When the last of these changes was counted.'),
    epoch: z.number().describe('How often the rule has fired for the source or project, from 1.'),
  })
  .meta({
    description: `${dataOf} that tells that a rule has fired.`,
    examples: [
      {
        platform: 'label-studio',
        rule: 'retrain',
        reason: 'count',
        source: 'label-studio',
        project: { id: '42' },
        subjects: 500,
        firstAt: '2026-01-01T12:00:00.000Z',
        lastAt: '2026-01-01T14:00:00.000Z',
        epoch: 1,
      },
    ],
  });

export const unrecognizedData = z
  .object({
    ...common,
    reason: z
      .enum(['unknown-event', 'event-contradicts-body', 'not-understood', 'too-deep', 'too-large'])
      .describe(
        'The reason for which the delivery was not understood: `unknown-event` if the name of the event is unknown or fits no topic, `not-understood` if the name is known and the body lacks what the topic needs.',
      ),
    raw: z
      .string()
      .describe('The address of the bytes if they are not in the event: `s3://bucket/key`.')
      .optional(),
  })
  .meta({
    description: `${dataOf} that holds an authentic delivery that was not understood.`,
    examples: [{ platform: 'labelbox', reason: 'unknown-event', native: { hello: 'world' } }],
  });
