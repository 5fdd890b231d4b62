import type { Annotation } from '../../events/schemas/annotation';

/**
 * Annotations, and behind them what stands among relationships and does not say what it relates: an edge
 * without two ends would be a false one.
 */
export function withUnread(
  annotations: readonly Annotation[] | undefined,
  relationships: readonly unknown[] | undefined,
  read: (value: unknown) => unknown,
): Annotation[] | undefined {
  if (!annotations && !relationships) return undefined;
  const unread = relationships?.flatMap((value): Annotation[] =>
    value === null || read(value) !== undefined
      ? []
      : [{ kind: 'other', native: value, classifications: [] }],
  );
  return [...(annotations ?? []), ...(unread ?? [])];
}
