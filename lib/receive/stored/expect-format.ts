import { LabelrelayError } from '../../errors';

/**
 * Expects the first line of a stored delivery to be of a format that is known here. One that is not was
 * stored by another version of labelrelay: it stays where it is.
 *
 * @throws LabelrelayError `unknown-version`, or `unreadable-record` for what has no format
 */
export function expectFormat<H extends { readonly format: number }>(
  head: H | undefined,
  format: H['format'],
): asserts head is H {
  if (head?.format === format) return;
  const expected = `expected a record of format ${format}, got`;
  if (typeof head?.format === 'number') {
    throw new LabelrelayError('unknown-version', `${expected} one of format ${head.format}`);
  }
  throw new LabelrelayError('unreadable-record', `${expected} none`);
}
