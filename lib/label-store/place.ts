import { createHash } from 'node:crypto';

/** The sort keys of DynamoDB have at most 1,024 bytes. */
const MAX_PART_BYTES = 480;

/**
 * The id of a data row in a form that sorts: numbers by value and before other ids.
 *
 * @returns text without spaces; empty if there is no id
 */
export function rowOrder(id: string | undefined): string {
  if (!id) return '';
  if (/^\d{1,99}$/.test(id)) {
    const digits = id.replace(/^0+(?=\d)/, '');
    return `0${String(digits.length).padStart(2, '0')}${digits}`;
  }
  return short(`1${id.replaceAll('%', '%25').replaceAll(' ', '%20')}`);
}

/** The name of a link: by data row, then by the key of the subject. */
export const linkName = (row: string, key: string): string => `${row} ${short(key)}`;

const short = (text: string): string =>
  Buffer.byteLength(text) <= MAX_PART_BYTES
    ? text
    : `${text.slice(0, 40)}~${createHash('sha256').update(text).digest('hex')}`;

/** Compares names of links as DynamoDB does. */
export const compareNames = (one: string, other: string): number =>
  Buffer.compare(Buffer.from(one), Buffer.from(other));
