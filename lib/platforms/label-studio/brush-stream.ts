// Without @thi.ng/rle-pack, which packs these streams: it makes room for as many values as a stream claims.

/** A half-open range of pixels, counted row by row. */
export type Run = readonly [from: number, to: number];

const CHANNELS = 4;
const ALPHA = 3;

/**
 * Reads the pixels with an alpha above zero from a packed brush of Label Studio. The stream has the RGBA values of
 * the image row by row, as runs of one value and sequences of single values.
 *
 * The work is proportional to the stream, not to the lengths that it claims.
 *
 * @param pixels the number of pixels of the image
 * @returns undefined unless the stream has exactly that many
 * @see https://github.com/thi-ng/umbrella/tree/develop/packages/rle-pack for the format
 */
export function readSetPixels(stream: Uint8Array, pixels: number): Run[] | undefined {
  const bits = new BitReader(stream);
  const count = bits.read(32);
  if (count !== pixels * CHANNELS) return undefined;
  const wordSize = bits.read(5) + 1;
  const lengthSizes = [0, 1, 2, 3].map(() => bits.read(4) + 1);

  const runs = new RunList();
  const add = (from: number, to: number): void => {
    if (bits.read(wordSize) > 0) runs.add(firstAlphaFrom(from), firstAlphaFrom(to));
  };

  let position = 0;
  while (position < count && !bits.isOver) {
    const isRun = bits.read(1) === 1;
    const length = bits.read(lengthSizes[bits.read(2)] ?? 0) + 1;
    const end = Math.min(position + length, count);
    if (isRun) add(position, end);
    else for (let value = position; value < end && !bits.isOver; value++) add(value, value + 1);
    position = end;
  }
  return bits.isOver ? undefined : runs.all;
}

/** The first pixel whose alpha value is at a position of the stream, or after it. */
const firstAlphaFrom = (position: number): number => Math.ceil((position - ALPHA) / CHANNELS);

class RunList {
  readonly all: [number, number][] = [];

  /** Adds a run. Runs come in order, and adjacent ones are merged. */
  add(from: number, to: number): void {
    if (from >= to) return;
    const last = this.all.at(-1);
    if (last && last[1] === from) last[1] = to;
    else this.all.push([from, to]);
  }
}

class BitReader {
  #position = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** Whether more bits were read than there are. */
  get isOver(): boolean {
    return this.#position > this.bytes.length * 8;
  }

  /** @param size up to 32; bits beyond the end are zeros */
  read(size: number): number {
    let value = 0;
    for (let bit = 0; bit < size; bit++) {
      const byte = this.bytes[this.#position >> 3] ?? 0;
      value = value * 2 + ((byte >> (7 - (this.#position & 7))) & 1);
      this.#position++;
    }
    return value;
  }
}
