/** A reason and the number of dead letters that have it. */
export interface Reason {
  readonly reason: string;
  readonly count: number;
}

/** The most frequent first. */
export function tally(reasons: readonly string[]): Reason[] {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .sort((one, other) => other.count - one.count);
}
