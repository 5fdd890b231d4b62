import type { ListedProject } from '../webhook-api/listing';
import { type Finding, judge } from './judge';
import type { ReconcilePorts } from './ports';
import type { StoredThings } from './stored-things';

export interface ProjectComparison {
  readonly project: ListedProject;
  readonly store: StoredThings;
  /** A project that changed later is left to its webhook. By the platform's clock; absent: none. */
  readonly latest?: string;
  now(): Date;
  found(finding: Finding): Promise<void>;
  unreadable(count: number): void;
}

/** Compares the project itself with the store. If that is in doubt, it asks for the project again. */
export async function compareProject(
  { listing }: Pick<ReconcilePorts, 'listing'>,
  { project: { id, thing }, store, latest, now, found, unreadable }: ProjectComparison,
): Promise<void> {
  if (!thing) return;
  const { time } = thing.draft(thing.lastChange);
  if (time !== undefined && latest !== undefined && time > latest) return;
  const known = {
    stored: (await store.read([thing.subject])).get(thing.subject),
    foundAt: now().toISOString(),
  };
  const first = judge(thing, { ...known, isSure: false });
  const again = first === 'doubtful' ? (await listing.project(id))?.thing : undefined;
  const judgement = again ? judge(again, { ...known, isSure: true }) : first;
  if (judgement === 'unreadable') unreadable(1);
  if (typeof judgement === 'object') await found(judgement);
}
