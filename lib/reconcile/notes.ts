import * as z from 'zod';
import type { Notes } from './ports';

const time = z.iso.datetime();

/** Where a list stood when its process ended. */
const rest = z.object({
  /** The lower end of the window, by the platform's clock; absent for a list of everything. */
  since: time.optional(),
  cursor: z.string().optional(),
  /** Where the walk through the store stood, after the list ended. */
  walk: z.string().optional(),
  /** The place in the list of changes since an earlier process began, after the list and the walk ended. */
  changes: z.object({ since: time, began: time, cursor: z.string().optional() }).optional(),
  /** When the list began, by the platform's clock. */
  began: time,
  newest: time.optional(),
});

/** The state of a project between two runs. */
const projectNote = z.object({
  /** The newest change that was compared, by the platform's clock. */
  mark: time.optional(),
  /** When everything was last compared. */
  fullAt: time.optional(),
  /** Where a list of changes stood. */
  rest: rest.optional(),
  /** Where a list of everything stood. Lists of changes in between do not alter it. */
  fullRest: rest.optional(),
});

/** The state of a source between two runs. */
const sourceNote = z.object({
  organization: z.string().optional(),
  /** When the schedule began. */
  scheduledAt: time.optional(),
  /** When the unfinished round of everything began, by the platform's clock; absent if there is none. */
  roundAt: time.optional(),
  /** When the last such round was finished. */
  fullAt: time.optional(),
  /** When the last run of all projects finished. `recovered` is the number of its findings. */
  finishedAt: time.optional(),
  recovered: z.number().optional(),
});

export type Rest = z.infer<typeof rest>;
export type ProjectNote = z.infer<typeof projectNote>;
export type SourceNote = z.infer<typeof sourceNote>;

export const readProject = async (notes: Notes, id: string): Promise<ProjectNote> =>
  projectNote.parse((await notes.read(`project/${id}`)) ?? {});

export const writeProject = (notes: Notes, id: string, note: ProjectNote): Promise<void> =>
  notes.write(`project/${id}`, note);

export const readSource = async (notes: Notes): Promise<SourceNote> =>
  sourceNote.parse((await notes.read('source')) ?? {});

export const writeSource = (notes: Notes, note: SourceNote): Promise<void> =>
  notes.write('source', note);
