import type { ProjectNote, Rest } from './notes';

/** The extent of a list: everything, what changed since a time, or what changed since the last run. */
export type Extent = 'full' | 'last' | { readonly since: Date };

const DAY_MS = 86_400_000;
/** Changes become visible a little later than the time that they have. */
const OVERLAP_MS = 5 * 60_000;

/** The lower end of a list that goes on at a time: a little earlier, so that no late change is missed. */
export const withOverlap = (time: string): Date => new Date(Date.parse(time) - OVERLAP_MS);

/** The beginning of one project's list. */
export interface Window {
  /** When this process began it, by the platform's clock. */
  readonly began: Date;
  /** The lower end by the platform's clock; undefined for everything. */
  readonly since?: Date;
  /** Where an earlier process stood in the same list. */
  readonly rest?: Rest;
  /** Whether the window leaves no gap behind what was compared before. */
  readonly isGapless: boolean;
}

/** For how long a list may go on where it stood: one of everything can take many calls of a schedule. */
const MAX_AGE_MS = { changes: DAY_MS, everything: 30 * DAY_MS };

/** The member of a project's note with the place of a list. */
export const restOf = (extent: Extent): 'rest' | 'fullRest' =>
  extent === 'full' ? 'fullRest' : 'rest';

/** @param began when the list begins, by the platform's clock */
export function windowOf(extent: Extent, note: ProjectNote, began: Date): Window {
  const { mark, [restOf(extent)]: rest } = note;
  const yesterday = new Date(began.getTime() - DAY_MS);
  const since = sinceOf(extent, mark, yesterday);
  const maxAgeMs = since ? MAX_AGE_MS.changes : MAX_AGE_MS.everything;
  const isSame =
    rest !== undefined &&
    typeof extent === 'string' &&
    rest.since === since?.toISOString() &&
    Date.parse(rest.began) > began.getTime() - maxAgeMs;
  const known = mark === undefined ? yesterday : new Date(mark);
  return { began, since, rest: isSame ? rest : undefined, isGapless: !since || since <= known };
}

function sinceOf(extent: Extent, mark: string | undefined, yesterday: Date): Date | undefined {
  if (extent === 'full') return undefined;
  if (extent !== 'last') return extent.since;
  return mark === undefined ? yesterday : withOverlap(mark);
}
