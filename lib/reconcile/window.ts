import type { ProjectNote } from './notes';

/** The extent of a list: everything, what changed since a time, or what changed since the last run. */
export type Extent = 'full' | 'last' | { readonly since: Date };

const DAY_MS = 86_400_000;
/** Changes become visible a little later than the time that they have. */
const OVERLAP_MS = 5 * 60_000;

/** A little before a time. */
export const before = (time: string): Date => new Date(Date.parse(time) - OVERLAP_MS);

/** The beginning of one project's list. */
export interface Window {
  /** The lower end by the platform's clock; undefined for everything. */
  readonly since?: Date;
  /** Where an earlier process stood in the same list. */
  readonly rest?: ProjectNote['rest'];
  /** Whether the window leaves no gap behind what was compared before. */
  readonly isGapless: boolean;
}

/** @param began when the list begins, by the platform's clock */
export function windowOf(extent: Extent, { mark, rest }: ProjectNote, began: Date): Window {
  const yesterday = new Date(began.getTime() - DAY_MS);
  const since = sinceOf(extent, mark, yesterday);
  const isSame =
    rest !== undefined &&
    typeof extent === 'string' &&
    rest.since === since?.toISOString() &&
    Date.parse(rest.began) > yesterday.getTime();
  const known = mark === undefined ? yesterday : new Date(mark);
  return { since, rest: isSame ? rest : undefined, isGapless: !since || since <= known };
}

function sinceOf(extent: Extent, mark: string | undefined, yesterday: Date): Date | undefined {
  if (extent === 'full') return undefined;
  if (extent !== 'last') return extent.since;
  return mark === undefined ? yesterday : before(mark);
}
