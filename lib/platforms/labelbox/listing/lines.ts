const NEWLINE = 0x0a;

/** A line without its end. */
export interface Line {
  readonly text: string;
  /** The number of bytes from the beginning of the stream to the next line. */
  readonly end: number;
}

/** The lines of UTF-8 bytes, however the bytes are cut. Memory holds one line. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let parts: Uint8Array[] = [];
  let end = 0;
  const take = (part: Uint8Array): string => {
    const text = Buffer.concat([...parts, part]).toString();
    parts = [];
    return text;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (;;) {
      const at = chunk.indexOf(NEWLINE, from);
      if (at < 0) break;
      end += at + 1 - from + sizeOf(parts);
      yield { text: take(chunk.subarray(from, at)), end };
      from = at + 1;
    }
    if (from < chunk.length) parts.push(chunk.subarray(from));
  }
  const left = sizeOf(parts);
  if (left > 0) yield { text: take(new Uint8Array()), end: end + left };
}

const sizeOf = (parts: readonly Uint8Array[]): number =>
  parts.reduce((sum, { length }) => sum + length, 0);
