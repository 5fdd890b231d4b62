/**
 * Packs the values of an image as Label Studio's editor does: 32 bits of count, 5 of word size, four
 * times 4 of length sizes, then runs of one value and stretches of single ones.
 *
 * @see https://github.com/thi-ng/umbrella/tree/develop/packages/rle-pack
 */
export function pack(values: readonly number[], lengthSizes = [3, 4, 8, 16]): number[] {
  const bits: number[] = [];
  const write = (value: number, size: number) => {
    for (let bit = size - 1; bit >= 0; bit--) bits.push((value >> bit) & 1);
  };
  const writeLength = (length: number) => {
    const index = lengthSizes.findIndex((size) => length <= 2 ** size);
    write(index, 2);
    write(length - 1, lengthSizes[index] ?? 16);
  };

  write(values.length, 32);
  write(8 - 1, 5);
  for (const size of lengthSizes) write(size - 1, 4);
  for (let position = 0; position < values.length; ) {
    let run = 1;
    while (values[position + run] === values[position] && position + run < values.length) run++;
    if (run > 1) {
      write(1, 1);
      writeLength(run);
      write(values[position] ?? 0, 8);
      position += run;
      continue;
    }
    let single = 1;
    while (
      position + single < values.length &&
      values[position + single] !== values[position + single - 1]
    )
      single++;
    write(0, 1);
    writeLength(single);
    for (let value = position; value < position + single; value++) write(values[value] ?? 0, 8);
    position += single;
  }
  const bytes: number[] = [];
  for (let bit = 0; bit < bits.length; bit += 8) {
    bytes.push(
      Number.parseInt(
        bits
          .slice(bit, bit + 8)
          .join('')
          .padEnd(8, '0'),
        2,
      ),
    );
  }
  return bytes;
}
