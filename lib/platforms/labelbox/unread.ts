import type { Annotation } from '../../events/schemas/annotation';
import type { Items, WithItems } from '../../json/long/items';
import { joinItems } from '../../json/long/long-list';

/**
 * Annotations, and behind them what stands among relationships and does not say what it relates: an edge
 * without two ends would be a false one.
 */
export function withUnread(
  annotations: Items<WithItems<Annotation>> | undefined,
  relationships: Items<unknown> | undefined,
  read: (value: unknown) => unknown,
): Items<WithItems<Annotation>> | undefined {
  if (!annotations && !relationships) return undefined;
  const unread = relationships?.flatMap((value): Annotation[] =>
    value === null || read(value) !== undefined
      ? []
      : [{ kind: 'other', native: value, classifications: [] }],
  );
  return joinItems<WithItems<Annotation>>(annotations ?? [], unread ?? []);
}
