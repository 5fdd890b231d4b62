import { createHash } from 'node:crypto';

/**
 * Whether a data row trains or validates. It depends on the row alone: rows that come later move none.
 *
 * @param row `<source>/<id>`
 * @param val the share for validation, from 0 to 1
 */
export function partOf(row: string, val: number): 'train' | 'val' {
  const share = createHash('sha256').update(row).digest().readUInt32BE(0) / 2 ** 32;
  return share < val ? 'val' : 'train';
}
