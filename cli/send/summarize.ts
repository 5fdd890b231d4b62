import type { Unsigned } from '../../lib/testing/fixtures';
import type { Column } from '../terminal/table';
import type { Posted } from './post';

/** The answer to a delivery. */
export type Row = Posted & Pick<Unsigned, 'platform' | 'name'>;

/** Answers of one kind to the repetitions of one delivery. */
interface Summary extends Pick<Row, 'platform' | 'name' | 'status' | 'held' | 'problem'> {
  readonly sent: number;
  readonly events: number;
  /** The mean time until the answer. */
  readonly milliseconds: number;
}

export function summarize(rows: readonly Row[]): Summary[] {
  const groups = new Map<string, Summary>();
  for (const { platform, name, status, held, problem, events = 0, milliseconds } of rows) {
    const key = JSON.stringify([platform, name, status, held, problem]);
    const before = groups.get(key) ?? { sent: 0, events: 0, milliseconds: 0 };
    const sent = before.sent + 1;
    groups.set(key, {
      ...{ platform, name, status, held, problem, sent },
      events: before.events + events,
      milliseconds: before.milliseconds + (milliseconds - before.milliseconds) / sent,
    });
  }
  return [...groups.values()].map((group) => ({
    ...group,
    milliseconds: Math.round(group.milliseconds),
  }));
}

export const SUMMARY: readonly Column<Summary>[] = [
  { head: 'DELIVERY', value: ({ platform, name }) => `${platform}/${name}` },
  { head: 'STATUS', value: ({ status }) => status ?? 'none' },
  { head: 'SENT', value: ({ sent }) => sent },
  { head: 'EVENTS', value: ({ events }) => events },
  { head: 'MEAN MS', value: ({ milliseconds }) => milliseconds },
  {
    head: 'PROBLEM',
    value: ({ held, problem }) => problem ?? (held ? '(held)' : ''),
    shrinks: true,
  },
];
