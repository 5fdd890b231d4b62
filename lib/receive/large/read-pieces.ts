import type { LargeShape } from '../../platforms/platform';
import { JsonCutter } from './cut-json';
import { chunkDecoder } from './decode-chunks';
import type { CutLimits, Piece } from './hole';

/** A body that is not long anywhere. */
const SHORT: LargeShape = {
  isLongList: () => false,
  isLongObject: () => false,
  isJsonText: () => false,
  isEventList: () => false,
  mayHaveSecrets: () => true,
};

/** Reads a body in pieces. */
export class BodyCutter {
  readonly #decode = chunkDecoder();
  readonly cutter: JsonCutter;

  constructor(shape: LargeShape = SHORT, limits?: CutLimits) {
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

/** The holes of a body, piece by piece. @throws LabelrelayError `undecodable` or `not-streamable` */
export async function* readPieces(
  body: AsyncIterable<Uint8Array>,
  shape?: LargeShape,
  limits?: CutLimits,
): AsyncGenerator<Piece> {
  const cutter = new BodyCutter(shape, limits);
  for await (const bytes of body) yield* cutter.push(bytes);
  yield* cutter.finish();
}
