/** In UTF-16 code units. */
const PIECE = 65_536;

/**
 * A body in pieces whose bytes follow one another: what is made of a large text at once, its UTF-8 for
 * one, takes as much memory again.
 *
 * @param body bytes, or a text that is never cut inside a character
 */
export function* piecesOf(body: Uint8Array | string): Iterable<Uint8Array | string> {
  if (typeof body !== 'string') return yield body;
  for (let start = 0; start < body.length; ) {
    const end = start + PIECE;
    const isInside = (body.codePointAt(end - 1) ?? 0) > 0xffff;
    yield body.slice(start, isInside ? end - 1 : end);
    start = isInside ? end - 1 : end;
  }
}
