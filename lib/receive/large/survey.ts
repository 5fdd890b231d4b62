import { LabelrelayError } from '../../errors';
import { beginHash } from '../../events/body-hash';
import { deliveryHash, shortened } from '../../events/identify';
import { BodyCutter } from '../../json/long/cut/read-pieces';
import type { LongLimits, Placeholder } from '../../json/long/placeholder';
import type { Arrival } from '../delivery';
import type { End, LargeRecord } from '../stored/large-record';

/** What is known of a large body after it was read once. */
export interface Survey {
  readonly arrival: Arrival;
  readonly id: string;
  /** Of the body, in bytes. */
  readonly size: number;
  /** The body, with a mark in place of each placeholder. */
  readonly rest: string;
  readonly depth: number;
  readonly placeholders: readonly Placeholder[];
  /** Why it cannot be read in parts. */
  readonly problem?: LabelrelayError;
}

/**
 * Reads a held body, which is authentic, for the first time: whether it is what was stored, and what is
 * in it beside long lists.
 *
 * @throws LabelrelayError `unreadable-record`
 */
export async function survey(
  { arrival, size, body }: LargeRecord,
  end: End,
  limits: LongLimits,
): Promise<Survey> {
  const { source } = arrival;
  const hash = beginHash(deliveryHash(source.name));
  const reader = new Reader(new BodyCutter(source.platform.largeShape, limits));
  for await (const bytes of body) {
    hash.update(bytes);
    reader.read((cutter) => cutter.push(bytes));
  }
  if (shortened(hash.digest('hex')) !== end.id) {
    const message = 'expected the bytes that were stored, got others';
    throw new LabelrelayError('unreadable-record', message);
  }
  reader.read((cutter) => cutter.finish());
  const { cutter } = reader.body;
  const { placeholders, problem } = reader;
  return {
    arrival,
    id: end.id,
    size,
    rest: cutter.rest,
    depth: cutter.depth,
    placeholders,
    problem,
  };
}

/** Reads on until something cannot be read: the rest is only hashed then. */
class Reader {
  readonly placeholders: Placeholder[] = [];
  problem: LabelrelayError | undefined;

  constructor(readonly body: BodyCutter) {}

  read(some: (body: BodyCutter) => ReturnType<BodyCutter['push']>): void {
    if (this.problem) return;
    try {
      for (const { placeholder, text } of some(this.body))
        if (text === undefined) this.placeholders.push(placeholder);
    } catch (error) {
      if (!(error instanceof LabelrelayError)) throw error;
      this.problem = error;
    }
  }
}
