import { LabelrelayError } from '../../../errors';
import { type Batch, type Redact, toBatch } from '../batch';
import type { Piece } from '../placeholder';

/** Takes the items of placeholders: a writer, or several writers. */
export interface Taker {
  /** Whether it has all items. */
  readonly isFilled: boolean;
  /** All placeholders that it ever expects. */
  readonly placeholders: ReadonlySet<number>;
  /** Whether it needs the items of a placeholder, from the first one on. */
  expects(placeholder: number): boolean;
  write(placeholder: number, batch: Batch): Promise<void>;
  /** To be called after the last item of an expected placeholder. */
  endOf(placeholder: number): Promise<void>;
}

/** The most takers at once. Each has a part of its text in memory until it is filled. */
const MAX_BEGUN = 4;
/** The most reads of a body: groups whose items come too early take another, as do more takers than may begin. */
const MAX_READS = 64;

/**
 * Reads a body until every taker has its items. One read is enough for few takers, if the items of
 * groups have the order of the slots.
 *
 * @param read reads the body from its beginning
 * @throws LabelrelayError `undecodable`, `not-streamable`
 */
export async function fill(
  takers: readonly Taker[],
  read: () => Promise<AsyncIterable<Piece>>,
  redact: Redact,
): Promise<void> {
  const byPlaceholder = new Map<number, Taker[]>();
  for (const taker of takers) {
    for (const placeholder of taker.placeholders) {
      byPlaceholder.set(placeholder, (byPlaceholder.get(placeholder) ?? []).concat(taker));
    }
  }
  /** Takers with text in memory. While there are many, no others are begun. */
  const begun = new Set<Taker>();
  const takersOf = (placeholder: number): Taker[] =>
    (byPlaceholder.get(placeholder) ?? []).filter(
      (taker) => taker.expects(placeholder) && (begun.has(taker) || begun.size < MAX_BEGUN),
    );
  for (let reads = 0; takers.some(({ isFilled }) => !isFilled); reads++) {
    if (reads === MAX_READS) throw tooManyReads();
    await fillInOrder(takersOf, begun, await read(), redact);
  }
}

async function fillInOrder(
  takersOf: (placeholder: number) => Taker[],
  begun: Set<Taker>,
  pieces: AsyncIterable<Piece>,
  redact: Redact,
): Promise<void> {
  let before: Batch | undefined;
  let takers: readonly Taker[] | undefined;
  for await (const { placeholder, text } of pieces) {
    // The same takers get all items of a placeholder.
    takers ??= takersOf(placeholder.number);
    if (text === undefined) {
      for (const taker of takers) {
        await taker.endOf(placeholder.number);
        if (taker.isFilled) begun.delete(taker);
      }
      before = undefined;
      takers = undefined;
    } else if (takers.length > 0) {
      before = toBatch(placeholder, text, before, redact);
      for (const taker of takers) {
        begun.add(taker);
        await taker.write(placeholder.number, before);
      }
    }
  }
}

const tooManyReads = (): LabelrelayError =>
  new LabelrelayError(
    'not-streamable',
    `expected at most ${MAX_READS} reads of the body, got more lists than that in another order`,
  );
