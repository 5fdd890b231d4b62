import { compareToMark, type Position } from '../consume/position';
import type { MilestoneReachedData } from '../events/types';
import type { ItemKey } from './items';
import type { Rule } from './rule';

export type Reason = MilestoneReachedData['reason'];

/** A rule has fired. Its event is made of this alone, so it is the same however often it is published. */
export interface Fired
  extends Pick<MilestoneReachedData, 'subjects' | 'firstAt' | 'lastAt' | 'epoch'> {
  readonly platform: string;
  readonly reason: Reason;
  readonly firedAt: string;
}

/** The newest change of a subject that counted, and the epoch in which it did. */
export interface Mark extends Position {
  readonly epoch: number;
}

/** A change that counted, with the item that its mark belongs to. */
export interface Counted extends Mark {
  readonly subject: ItemKey;
}

/** The state of a rule for one group. An epoch is the time between two firings. */
export interface Epoch extends Partial<Pick<MilestoneReachedData, 'firstAt' | 'lastAt'>> {
  /** When the rule began in the group. */
  readonly began: string;
  /** The number of the epoch that is open, from 1. */
  readonly epoch: number;
  readonly subjects: number;
  /** The platform of the source. */
  readonly platform: string;
  /** When the rule fired last. */
  readonly firedAt?: string;
  /** The id of the event whose worker sends the first timer of the epoch. */
  readonly armedBy?: string;
  /** The changes of the last write. Their marks are written before the next one. */
  readonly log: readonly Counted[];
  /** Their events are published before the next write. */
  readonly outbox: readonly Fired[];
}

/** An event that may count. */
export interface Change {
  readonly id: string;
  readonly platform: string;
  readonly subject: ItemKey;
  readonly position: Position;
  /** When it happened by the platform's clock, if it was recovered. */
  readonly recoveredTime?: string;
  /** When it was received, in milliseconds since 1970. */
  readonly receivedMs: number;
}

export const newEpoch = (nowMs: number): Epoch => ({
  began: iso(nowMs),
  epoch: 1,
  subjects: 0,
  platform: '',
  log: [],
  outbox: [],
});

/**
 * Counts a change.
 *
 * @param mark that of the change's subject
 * @returns undefined if the change does not count
 */
export function count(
  epoch: Epoch,
  rule: Rule,
  { id, platform, subject, position, recoveredTime, receivedMs }: Change,
  { mark, nowMs }: { mark: Mark | undefined; nowMs: number },
): Epoch | undefined {
  // A duplicate without a sequence has the time of its own receipt.
  if (mark && (mark.id === id || compareToMark(position, mark) <= 0)) return undefined;
  if (recoveredTime !== undefined && Date.parse(recoveredTime) <= Date.parse(epoch.began)) {
    return undefined;
  }
  // The epoch was over when the change came, and its timer is late.
  const open = closeIfDue(epoch, rule, Math.min(receivedMs, nowMs), nowMs);
  const at = later(open.lastAt, iso(nowMs));
  const hasTimer = rule.quietMs !== undefined || rule.maxMs !== undefined;
  const next: Epoch = {
    ...open,
    platform,
    subjects: open.subjects + (mark?.epoch === open.epoch ? 0 : 1),
    firstAt: open.firstAt ?? at,
    lastAt: at,
    armedBy: open.armedBy ?? (hasTimer ? id : undefined),
    log: [
      ...open.log,
      { subject, sequence: position.sequence, id: position.id, epoch: open.epoch },
    ],
  };
  const isFull = rule.count !== undefined && next.subjects >= rule.count;
  return isFull ? close(next, 'count', nowMs) : next;
}

/** When an epoch is over without further changes, and why; undefined if never. */
export function dueAt(
  { subjects, firstAt, lastAt }: Epoch,
  { quietMs, maxMs }: Rule,
): { readonly ms: number; readonly reason: 'quiet' | 'max' } | undefined {
  if (subjects === 0 || !firstAt || !lastAt) return undefined;
  const quiet = Date.parse(lastAt) + (quietMs ?? Number.POSITIVE_INFINITY);
  const max = Date.parse(firstAt) + (maxMs ?? Number.POSITIVE_INFINITY);
  if (quiet === max && max === Number.POSITIVE_INFINITY) return undefined;
  return quiet <= max ? { ms: quiet, reason: 'quiet' } : { ms: max, reason: 'max' };
}

/** @param atMs the time at which the epoch is judged */
export function closeIfDue(epoch: Epoch, rule: Rule, atMs: number, nowMs: number): Epoch {
  const due = dueAt(epoch, rule);
  return due && due.ms <= atMs ? close(epoch, due.reason, nowMs) : epoch;
}

/**
 * Answers a question about an open epoch.
 *
 * @param rule undefined if it was removed
 * @param options `fire`: whether the epoch ends in any case
 * @returns undefined if nothing changes
 */
export function ring(
  open: Epoch,
  rule: Rule | undefined,
  { fire, nowMs }: { fire?: boolean; nowMs: number },
): Epoch | undefined {
  if (rule && fire) return close(open, 'manual', nowMs);
  const due = rule && dueAt(open, rule);
  if (due) return due.ms <= nowMs ? close(open, due.reason, nowMs) : undefined;
  // The rule was removed, counts elsewhere now, or lost its times. Once it has them again, the next change brings a timer.
  const { armedBy, ...disarmed } = open;
  return armedBy === undefined ? undefined : disarmed;
}

/** Fires, and begins the next epoch. */
export function close(open: Epoch, reason: Reason, nowMs: number): Epoch {
  const { armedBy: _, firstAt = iso(nowMs), lastAt = iso(nowMs), epoch, subjects, platform } = open;
  // Two firings never have the same time, since it orders them.
  const after = open.firedAt === undefined ? 0 : Date.parse(open.firedAt) + 1;
  const firedAt = iso(Math.max(nowMs, after));
  return {
    began: open.began,
    epoch: epoch + 1,
    subjects: 0,
    platform,
    firedAt,
    log: open.log,
    outbox: [...open.outbox, { platform, reason, subjects, firstAt, lastAt, epoch, firedAt }],
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
const later = (one: string | undefined, other: string): string =>
  one !== undefined && one > other ? one : other;
