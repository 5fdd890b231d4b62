/** A range `[from, to)` of UTF-16 units of a text. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A part of a text in which the same spans are. */
export interface Piece {
  readonly text: string;
  /** The indexes of the spans, in the order in which they begin. */
  readonly spans: readonly number[];
}

/** Cuts a text where spans begin and end, so that spans may overlap. */
export function piecesOf(text: string, spans: readonly Span[]): Piece[] {
  const changes = spans
    .flatMap(({ from, to }, span) =>
      from < to
        ? [
            { at: from, span, opens: true },
            { at: to, span, opens: false },
          ]
        : [],
    )
    .sort((one, other) => one.at - other.at);
  const pieces: Piece[] = [];
  const open = new Set<number>();
  let done = 0;
  const cut = (at: number): void => {
    if (at > done) pieces.push({ text: text.slice(done, at), spans: [...open] });
    done = Math.max(done, at);
  };
  for (const { at, span, opens } of changes) {
    cut(Math.min(at, text.length));
    if (opens) open.add(span);
    else open.delete(span);
  }
  cut(text.length);
  return pieces;
}

export interface Offsets {
  readonly start?: number;
  readonly end?: number;
  /** The text of the span, if the event has it. */
  readonly quote?: string;
}

/**
 * The place of a span in a text. Platforms count UTF-16 units or characters: the quote tells which. A quote that is
 * elsewhere, but only once, is marked there.
 *
 * @returns undefined if the text does not have the span
 */
export function placeOf(text: string, { start, end, quote }: Offsets): Span | undefined {
  const isRange = start !== undefined && end !== undefined && start >= 0 && start <= end;
  if (isRange && end <= text.length) {
    if (quote === undefined || text.slice(start, end) === quote) return { from: start, to: end };
    const characters = byCharacters(text, start, end);
    if (text.slice(characters.from, characters.to) === quote) return characters;
  }
  if (!quote) return undefined;
  const first = text.indexOf(quote);
  const isOnly = first >= 0 && text.indexOf(quote, first + 1) < 0;
  return isOnly ? { from: first, to: first + quote.length } : undefined;
}

function byCharacters(text: string, start: number, end: number): Span {
  let [unit, character] = [0, 0];
  let from = text.length;
  for (const each of text) {
    if (character === start) from = unit;
    if (character === end) return { from, to: unit };
    unit += each.length;
    character++;
  }
  return { from, to: text.length };
}

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** The text of HTML without its tags, in which platforms count. */
export const withoutTags = (html: string): string =>
  html
    .replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->|<\/?[a-z][^>]*>/gi, '')
    .replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
      if (name) return ENTITIES[name] ?? whole;
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    });
