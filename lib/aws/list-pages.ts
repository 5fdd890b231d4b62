import { LabelrelayError } from '../errors';

/**
 * The pages of a list, each asked for with the marker that the one before gave. A list that says that it
 * goes on without saying where would never end, nor one that leads back to where it was.
 *
 * @param ask for the page that begins at a marker, or for the first
 * @param next the marker of what follows a page, as text; undefined where it says that nothing does
 * @throws LabelrelayError `unavailable` after the last page that can be had, when more may follow
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
