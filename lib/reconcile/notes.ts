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
  /** The place in the list of what changed since an earlier process began, after the list and the walk ended. */
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
  /** Of a list of changes. */
  rest: rest.optional(),
  /** Of a list of everything. Lists of changes that come in between leave it. */
  fullRest: rest.optional(),
});

/** The state of a source between two runs. */
const sourceNote = z.object({
  organization: z.string().optional(),
  /** When the schedule began. */
  scheduledAt: time.optional(),
  /** When a round of everything began that is not finished, by the platform's clock. */
  roundAt: time.optional(),
  /** When the last such round was finished. */
  fullAt: time.optional(),
  /** The last run of all projects that finished, and what it found. */
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
