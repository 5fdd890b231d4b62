const STEPS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1_000, 's'],
] as const;

/** The time since a moment, rounded down: `3d`, `5h`, `12m` or `7s`. */
export function ago(moment: Date, now: number = Date.now()): string {
  const age = Math.max(0, now - moment.getTime());
  const [size, unit] = STEPS.find(([least]) => age >= least) ?? [1_000, 's'];
  return `${Math.floor(age / size)}${unit}`;
}
