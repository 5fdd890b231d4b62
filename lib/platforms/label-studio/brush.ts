import { asList, asNumber, type JsonObject } from '../../json/read';
import { readSetPixels } from './brush-stream';
import { toColumnMajor } from './column-major';
import type { Config } from './config';
import { type ReadShape, readShape } from './read-shape';

const MAX_PIXELS = 100_000_000;

/**
 * Converts a brush to a mask in COCO's run-length encoding, if it can be read. Label Studio's own encoding contains
 * the unpacked size, which must match the image. A small stream can still unpack to many counts, so all masks of a
 * delivery share one limit.
 */
export function toMask(
  value: JsonObject,
  result: JsonObject,
  config: Config,
): ReadShape | undefined {
  const bytes = asList(value.rle);
  if (!bytes) return undefined;
  const width = asNumber(result.original_width) ?? 0;
  const height = asNumber(result.original_height) ?? 0;
  const isSize = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  if (!isSize || width * height > MAX_PIXELS || !bytes.every(isByte))
    return readShape({ kind: 'mask' });

  const runs = readSetPixels(Uint8Array.from(bytes), width * height);
  const counts = runs && toColumnMajor(runs, width, height, config.countsLeft);
  if (!counts) return readShape({ kind: 'mask' });
  config.countsLeft -= counts.length;
  return readShape({ kind: 'mask', rle: { size: [height, width], counts } }, 'rle', 'format');
}

const isByte = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255;
