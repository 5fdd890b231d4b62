import type { EventDraft } from '../events/draft';
import { lifeOf } from '../events/sequence';
import type { Change } from '../events/topics';
import type { StoredSubject } from '../label-store/stored-label';
import type { Listed } from '../webhook-api/listing';
import { differs, isInOtherPlace, missingFrom, type Told, toldBy } from './differs';
import { endOf, endOfLife, sequenceOver, snapshotOver } from './recovered-sequence';
import { isLive } from './stored-things';

/** A change that no webhook reported. */
export interface Finding {
  readonly change: Change;
  readonly draft: EventDraft;
  /** How many labels of the store it deletes. */
  readonly deletes: number;
}

/** `doubtful`: the platform has to be asked again, since the store may have changed after the list was made. */
export type Judgement = Finding | 'same' | 'doubtful' | 'unreadable';

export interface Known {
  readonly stored?: StoredSubject;
  /** The end of the newest task or project that took the thing along, if it has one. */
  readonly until?: string;
  /** Whether the thing was listed after the store was read. */
  readonly isSure: boolean;
  /** When it was listed, RFC 3339 in UTC. */
  readonly foundAt: string;
}

/** Compares a thing that the platform has with its state in the store. */
export function judge(thing: Listed, known: Known): Judgement {
  const last = thing.draft(thing.lastChange);
  const listed = last.sequence?.(known.foundAt);
  if (listed === undefined || last.subject !== thing.subject) return 'unreadable';
  const told = toldBy(last);
  const live = known.stored && isLive(known.stored) ? known.stored : undefined;
  if (live ? !differs(told, live, thing.comparable) : told.labels?.length === 0) return 'same';
  const deletes = live ? missingFrom(told, live) : 0;
  if (!known.isSure && (deletes > 0 || !isNewer(listed, known))) return 'doubtful';
  if (live && deletes > 0) {
    const sequence = snapshotOver(live.sequence, listed);
    return toFinding('deleted', thing.draft('deleted'), sequence, deletes);
  }
  const change = live ? 'updated' : 'created';
  const draft = change === thing.lastChange ? last : thing.draft(change);
  const until = endBefore(told, known, live);
  return toFinding(change, draft, sequenceOver(listed, known.stored?.sequence, until));
}

/**
 * The latest end before this life of the thing: of a task or project that took it along, or of a thing with the same id in
 * another place, which is deleted.
 */
function endBefore(told: Told, { until = '' }: Known, live?: StoredSubject): string | undefined {
  const ended = live && isInOtherPlace(told, live) ? lifeOf(live.sequence) : undefined;
  return [until, ended ?? ''].sort().at(-1) || undefined;
}

/** Whether the sequence of a webhook is newer than everything that the store knows. */
function isNewer(listed: string, { stored, until }: Known): boolean {
  if (stored !== undefined && listed <= stored.sequence) return false;
  return until === undefined || (lifeOf(listed) ?? '') > until;
}

/** The deletion of one thing that the store has. */
export function deletionOf(
  { sequence, subject, labels }: StoredSubject,
  draft: EventDraft,
): Finding {
  const isSnapshot = subject.endsWith('/labels');
  const end = isSnapshot ? snapshotOver(sequence) : endOf(sequence);
  return toFinding('deleted', draft, end, labels?.length ?? 0);
}

/** The deletion of a task or a project with everything in it. */
export function deletionWith(parts: readonly StoredSubject[], draft: EventDraft): Finding {
  const lives = parts.map(({ sequence }) => lifeOf(sequence) ?? '').sort();
  const labels = parts.reduce((sum, { labels = [] }) => sum + labels.length, 0);
  return toFinding('deleted', draft, endOfLife(lives.at(-1) ?? ''), labels);
}

const toFinding = (change: Change, draft: EventDraft, sequence: string, deletes = 0): Finding => ({
  change,
  deletes,
  draft: { ...draft, sequence: () => sequence, recovered: true, isOccurrence: false },
});
