import { BACKSLASH, QUOTE } from './characters';

/** Finds the ends of strings in JSON that comes in pieces. */
export class StringSkipper {
  /** Whether a string goes on where the text ended. */
  isInside = false;
  #isEscaped = false;

  /** @returns where the quote is at the end of a string that goes on here; beyond the text while it does not end */
  skip(text: string, from: number): number {
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
