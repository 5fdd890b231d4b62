import { LabelrelayError } from '../../lib/errors';
import type { Unsigned } from '../../lib/testing/fixtures';
import { say } from '../terminal/print';
import { setPath } from './set-path';

/** How deliveries are changed, and how often they are sent. */
export interface Repetition {
  /** Such as `dataRow.externalId=row-{n}`. */
  readonly set?: readonly string[];
  /** The name of the event for a header. */
  readonly event?: string;
  readonly repeat?: number;
}

/** A delivery, with its changed body when it is sent: many bodies need not be in memory at once. */
export type Numbered = Omit<Unsigned, 'body'> & { readonly body: () => string };

/** The most deliveries of one command: they are shuffled in memory. */
const MAX_DELIVERIES = 1_000_000;

/** @throws LabelrelayError `usage` if they are too many, or if a body has no member that is to be changed */
export function repeat(
  deliveries: readonly Unsigned[],
  { set = [], event, repeat: times = 1 }: Repetition,
): Numbered[] {
  if (deliveries.length * times > MAX_DELIVERIES) {
    const got = `${times} times ${deliveries.length}`;
    const expected = `expected at most ${MAX_DELIVERIES} deliveries`;
    throw new LabelrelayError('usage', `--repeat: ${expected}, got ${got}`);
  }
  if (times > 1 && !set.some((each) => each.includes('{n}'))) {
    say('each repetition is the same delivery, which workers drop: see --set path={n}');
  }
  const numbered = (n: number): Numbered[] =>
    deliveries.map((delivery) => ({
      ...delivery,
      event: event ?? delivery.event,
      body: () => set.reduce((body, each) => setPath(body, each, n), delivery.body),
    }));
  // A path that does not exist is reported before anything is sent.
  for (const { body } of numbered(1)) body();
  return Array.from({ length: times }, (_, index) => numbered(index + 1)).flat();
}
