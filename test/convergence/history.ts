import type { AnyEvent } from '../../lib/consume/event';
import { buildEvent } from '../../lib/testing/build-event';
import type { Random } from '../fuzz/random';

const KINDS = [
  { topic: 'label.created', rank: 0 },
  { topic: 'label.updated', rank: 1 },
  { topic: 'label.deleted', rank: 2 },
  { topic: 'review.created', rank: 0 },
  { topic: 'review.updated', rank: 1 },
] as const;

/** A random history of a few subjects, with many changes at the same moment. */
export function makeHistory(random: Random, size: number): AnyEvent[] {
  return Array.from({ length: size }, (_, index) => {
    const { topic, rank } = random.pick(KINDS);
    const family = topic.startsWith('label') ? 'label' : 'review';
    const second = String(random.below(4)).padStart(2, '0');
    return buildEvent(topic, undefined, {
      id: `${random.below(1_000)}.${index}`,
      subject: `${family}/${random.below(3)}`,
      sequence: `2026-01-01T00:00:${second}.000000Z-${rank}`,
      source: '/labelbox',
    } as object) as AnyEvent;
  });
}

/** The state after all of it, in order: by the words of the contract, and not by our code. */
export function expectedState(history: readonly AnyEvent[]): Record<string, string> {
  const text = ({ sequence, id }: AnyEvent): [string, string] => [sequence ?? '', id];
  const inOrder = [...history].sort((one, other) => {
    const [a, b] = [text(one), text(other)];
    const [left, right] = a[0] === b[0] ? [a[1], b[1]] : [a[0], b[0]];
    return left < right ? -1 : 1;
  });
  return Object.fromEntries(
    inOrder.map((event) => [`${event.source}/${event.subject}`, stateOf(event)]),
  );
}

/** The state of a subject after an event. */
export const stateOf = ({ type, id }: AnyEvent): string =>
  type.endsWith('deleted') ? `gone by ${id}` : `as of ${id}`;
