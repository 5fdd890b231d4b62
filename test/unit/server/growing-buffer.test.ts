import { beforeEach, expect, test } from '@jest/globals';
import { GrowingBuffer } from '../../../lib/server/growing-buffer';

let held: number;
let grown: number;
let buffer: GrowingBuffer;
beforeEach(() => {
  held = 0;
  grown = 0;
  buffer = new GrowingBuffer((bytes) => {
    held += bytes;
    if (bytes > 0) grown++;
  });
});

/** Bytes with a buffer of their own, as Node.js makes one for each chunk of a body. */
const chunk = (bytes: number, byte = 1): Uint8Array => new Uint8Array(bytes).fill(byte);
/** Adds many small chunks. */
const addSmall = (chunks: number, bytes = 1): void => {
  for (let count = 0; count < chunks; count++) buffer.add(chunk(bytes, count % 251));
};

test('large chunks are kept as they are', () => {
  const chunks = [chunk(65_536, 1), chunk(16_384, 2), chunk(65_536, 3)];
  for (const bytes of chunks) buffer.add(bytes);
  expect(buffer.size).toBe(147_456);
  expect(held).toBe(147_456);
  const pieces = buffer.takePieces();
  expect(pieces.map((piece) => piece.buffer)).toEqual(chunks.map((bytes) => bytes.buffer));
  for (const [index, piece] of pieces.entries()) expect(piece.buffer).toBe(chunks[index]?.buffer);
  expect({ size: buffer.size, held }).toEqual({ size: 0, held: 0 });
});

test('a small chunk is kept too if it comes alone', () => {
  const alone = chunk(100);
  buffer.add(alone);
  expect(held).toBe(100);
  expect(buffer.take().buffer).toBe(alone.buffer);
});

test('small chunks take about as much memory as they have bytes, in few pieces', () => {
  let excess = 0;
  for (let count = 0; count < 300_000; count++) {
    buffer.add(chunk(1, count % 251));
    excess = Math.max(excess, held - Math.max(4_096, 2 * buffer.size));
  }
  expect(excess).toBe(0);
  expect(held).toBeLessThanOrEqual(buffer.size + 65_536);
  // The first chunk, five sizes of a buffer that doubles, and four buffers after it.
  expect(grown).toBe(10);
  const pieces = buffer.takePieces();
  expect(pieces.length).toBeLessThanOrEqual(300_000 / 65_536 + 1);
  const expected = Buffer.from(Array.from({ length: 300_000 }, (_, at) => at % 251));
  expect(Buffer.concat(pieces).equals(expected)).toBe(true);
});

test('small chunks after large ones stay in order', () => {
  buffer.add(chunk(65_536, 9));
  addSmall(3);
  buffer.add(chunk(70_000, 8));
  addSmall(2);
  expect(buffer.size).toBe(135_541);
  expect(held).toBeLessThanOrEqual(2 * buffer.size);
  const all = Buffer.concat(
    [chunk(65_536, 9), [0, 1, 2], chunk(70_000, 8), [0, 1]].map((it) => Buffer.from(it)),
  );
  expect(Buffer.from(buffer.take()).equals(all)).toBe(true);
});

test('a chunk with other bytes in its buffer is copied', () => {
  const shared = new Uint8Array(1_048_576);
  buffer.add(shared.subarray(0, 65_536));
  buffer.add(shared.subarray(65_536, 131_072));
  for (const piece of buffer.takePieces()) expect(piece.buffer).not.toBe(shared.buffer);
});

test('room for a known size is one buffer', () => {
  buffer.add(chunk(65_536, 1));
  buffer.add(chunk(65_536, 2));
  buffer.reserve(200_000);
  buffer.add(chunk(68_928, 3));
  expect(held).toBe(200_000);
  const pieces = buffer.takePieces();
  expect(pieces.map(({ length }) => length)).toEqual([200_000]);
  expect([0, 65_536, 131_072].map((at) => pieces[0]?.[at])).toEqual([1, 2, 3]);
});
