import type * as z from 'zod';
import type { Topic } from '../topics';
import {
  labelData,
  milestoneData,
  projectCompletedData,
  projectData,
  reviewData,
  taskCompletedData,
  taskData,
  trainingData,
  unrecognizedData,
  workflowData,
} from './data';

/** The schema of `data` for each topic. */
export const dataSchemas = {
  'label.created': labelData,
  'label.updated': labelData,
  'label.deleted': labelData,
  'review.created': reviewData,
  'review.updated': reviewData,
  'review.deleted': reviewData,
  'workflow.action': workflowData,
  'training.requested': trainingData,
  'task.created': taskData,
  'task.deleted': taskData,
  'project.created': projectData,
  'project.updated': projectData,
  'project.deleted': projectData,
  'task.completed': taskCompletedData,
  'project.completed': projectCompletedData,
  'milestone.reached': milestoneData,
  unrecognized: unrecognizedData,
} as const satisfies Record<Topic, z.ZodType>;
