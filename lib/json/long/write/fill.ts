import { LabelrelayError } from '../../../errors';
import { type Batch, type Redact, toBatch } from '../batch';
import type { Piece } from '../placeholder';

/** What wants the items of placeholders: a writer, or several of them. */
export interface Taker {
  /** Whether it has all. */
  readonly isFilled: boolean;
  /** All of those that it ever expects. */
  readonly placeholders: Iterable<number>;
  /** Whether the items of a placeholder are wanted, from the first one on. */
  expects(placeholder: number): boolean;
  write(placeholder: number, batch: Batch): Promise<void>;
  /** To be called when all items of a placeholder were there that is expected. */
  endOf(placeholder: number): Promise<void>;
}

/** Each has parts of what it writes in memory until it is whole. */
const MAX_BEGUN = 4;
/** A gigabyte of what is grouped takes about half of that. */
const MAX_READS = 64;

/**
 * Reads a body until every taker has its items: once, when they come in the order of the slots and what
 * is grouped fits into memory.
 *
 * @param read the body from its beginning
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
      byPlaceholder.set(placeholder, [...(byPlaceholder.get(placeholder) ?? []), taker]);
    }
  }
  /** Those of which something is in memory: no others are begun while there are many. */
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
    // For all of a placeholder, from its beginning on.
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
  new LabelrelayError('not-streamable', `expected to read it ${MAX_READS} times, got more to do`);
