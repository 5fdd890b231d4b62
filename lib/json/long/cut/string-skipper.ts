import { BACKSLASH, QUOTE } from './characters';

/** Finds the ends of strings in JSON that comes in pieces. */
export class StringSkipper {
  /** Whether the text ended within a string. */
  isInside = false;
  #isEscaped = false;

  /** @returns the position of the quote that ends the string; beyond the text while the string goes on */
  skip(text: string, from: number): number {
    // Most strings have no escapes. Their ends are found faster than by a look at each character.
    const quote = this.#isEscaped ? -1 : text.indexOf('"', from);
    if (quote >= 0 && text.charCodeAt(quote - 1) !== BACKSLASH) {
      this.isInside = false;
      return quote;
    }
    let at = this.#isEscaped ? from + 1 : from;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) {
        this.isInside = false;
        this.#isEscaped = false;
        return at;
      }
    }
    this.isInside = true;
    this.#isEscaped = at > text.length;
    return at;
  }
}
