/** In UTF-16 code units. */
const PIECE = 65_536;

/**
 * Splits a body into consecutive pieces. Processing a large text at once, such as encoding it as UTF-8, would
 * take as much memory again.
 *
 * @param body bytes, or a text, which is never split inside a character
 */
export const piecesOf = (body: Uint8Array | string): Iterable<Uint8Array | string> =>
  typeof body === 'string' && body.length > PIECE ? split(body) : [body];

function* split(body: string): Iterable<string> {
  for (let start = 0; start < body.length; ) {
    const end = start + PIECE;
    const isInside = (body.codePointAt(end - 1) ?? 0) > 0xffff;
    yield body.slice(start, isInside ? end - 1 : end);
    start = isInside ? end - 1 : end;
  }
}
