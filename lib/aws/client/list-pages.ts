import { LabelrelayError } from '../../errors';

/**
 * Reads the pages of a list, each with the marker of the page before. A list that is truncated without a
 * marker, or whose marker repeats, would never end.
 *
 * @param ask reads the page at a marker, or the first page
 * @param next the marker of the page after a page, as text; undefined at the end
 * @throws LabelrelayError `unavailable` after the last readable page, if more pages may follow
 */
export async function* listPages<P>(
  ask: (after: P | undefined) => Promise<P>,
  next: (page: P) => { readonly isTruncated?: boolean; readonly marker?: string },
): AsyncGenerator<P> {
  const seen = new Set<string>();
  let page: P | undefined;
  for (;;) {
    page = await ask(page);
    yield page;
    const { isTruncated, marker } = next(page);
    if (!isTruncated) return;
    if (!marker || seen.has(marker)) {
      const came = marker ? 'one that was there before' : 'none';
      throw new LabelrelayError(
        'unavailable',
        `expected a new marker in a list that is truncated, got ${came}`,
      );
    }
    seen.add(marker);
  }
}
