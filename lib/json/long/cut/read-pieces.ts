import { type LongShape, NOWHERE_LONG } from '../long-shape';
import type { LongLimits, Piece } from '../placeholder';
import { chunkDecoder } from './decode-chunks';
import { JsonCutter } from './json-cutter';

/** Reads a body in pieces. */
export class BodyCutter {
  readonly #decode = chunkDecoder();
  readonly cutter: JsonCutter;

  constructor(shape: LongShape = NOWHERE_LONG, limits?: LongLimits) {
    this.cutter = new JsonCutter(shape, limits);
  }

  /** @throws LabelrelayError `undecodable` or `not-streamable` */
  push(bytes: Uint8Array): Piece[] {
    return this.cutter.push(this.#decode(bytes));
  }

  /** To be called at the end. */
  finish(): Piece[] {
    const pieces = this.cutter.push(this.#decode());
    this.cutter.finish();
    return pieces;
  }
}

/** The placeholders of a body, piece by piece. @throws LabelrelayError `undecodable` or `not-streamable` */
export async function* readPieces(
  body: AsyncIterable<Uint8Array>,
  shape?: LongShape,
  limits?: LongLimits,
): AsyncGenerator<Piece> {
  const cutter = new BodyCutter(shape, limits);
  for await (const bytes of body) yield* cutter.push(bytes);
  yield* cutter.finish();
}
