import type { Annotation } from '../../events/types';
import type { Items } from '../../json/long/items';
import { joinItems } from '../../json/long/long-list';
import type { MaybeLong } from '../../json/long/maybe-long';

/**
 * Appends relationships without two ends to the annotations, since a relationship with one end would be wrong.
 */
export function withUnread(
  annotations: Items<MaybeLong<Annotation>> | undefined,
  relationships: Items<unknown> | undefined,
  read: (value: unknown) => unknown,
): Items<MaybeLong<Annotation>> | undefined {
  if (!annotations && !relationships) return undefined;
  const unread = relationships?.flatMap((value): Annotation[] =>
    value === null || read(value) !== undefined
      ? []
      : [{ kind: 'other', native: value, classifications: [] }],
  );
  return joinItems<MaybeLong<Annotation>>(annotations ?? [], unread ?? []);
}
