import type { AnyEvent } from '../../lib/consume/event';
import type { Rule } from '../../lib/milestones/rule';
import { buildEvent } from '../../lib/testing/build-event';
import type { Random } from '../fuzz/random';
import { lengthOf } from './play-each';

/** A time of the year 1970 by the clock of a rehearsal, which begins at 0. */
export const at = (ms: number): string => new Date(ms).toISOString();

const RULES: readonly Omit<Rule, 'name' | 'on' | 'by'>[] = [
  { count: 1 },
  { count: 3 },
  { quietMs: 30_000 },
  { count: 2, quietMs: 5_000 },
  { maxMs: 60_000 },
  { count: 4, quietMs: 20_000, maxMs: 40_000 },
];

export interface MilestoneHistory {
  readonly rules: readonly Rule[];
  readonly events: readonly AnyEvent[];
}

/**
 * Random changes of a few subjects in one or two projects, some of them recovered: of those from before the rules began,
 * none may count. All have different times.
 */
export function makeMilestoneHistory(random: Random, source: string): MilestoneHistory {
  const on = random.chance(0.3)
    ? (['label.created', 'label.updated', 'label.deleted'] as const)
    : (['label.created', 'label.updated'] as const);
  const rules = Array.from(
    { length: 1 + random.below(2) },
    (_, index): Rule => ({
      name: `rule-${index}`,
      on,
      by: random.pick(['project', 'source']),
      ...random.pick(RULES),
    }),
  );
  const projects = 1 + random.below(2);
  const events = Array.from({ length: lengthOf(random, 8) }, (_, index): AnyEvent => {
    const label = random.below(5);
    const topic = random.pick([
      'label.created',
      'label.updated',
      'label.updated',
      'label.deleted',
    ] as const);
    const rank = { 'label.created': 0, 'label.updated': 1, 'label.deleted': 2 }[topic];
    const time = `2026-01-01T00:00:${String(index).padStart(2, '0')}.000000Z`;
    const recovered = random.chance(0.1) ? true : undefined;
    return buildEvent(
      topic,
      { project: { id: String(label % projects) }, labels: [{ id: String(label) }] },
      {
        source: `/${source}`,
        subject: `label/${label}`,
        sequence: `${time}-${rank}`,
        time: recovered && random.chance(0.5) ? '1969-01-01T00:00:00Z' : time,
        recordedtime: at(0),
        recovered,
      },
    ) as AnyEvent;
  });
  return { rules, events: random.shuffle(events) };
}
