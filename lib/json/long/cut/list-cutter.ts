import { toMark } from '../marks';
import { type LongLimits, type Piece, type Placeholder, tooLong } from '../placeholder';
import {
  CLOSE_LIST,
  CLOSE_OBJECT,
  COMMA,
  NEWLINE,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
} from './characters';
import { StringSkipper } from './string-skipper';

/** The characters of a list that matter outside of strings. */
const IS_STRUCTURE = Uint8Array.from({ length: 128 }, (_, code) =>
  [COMMA, NEWLINE, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT].includes(code) ? 1 : 0,
);

/** Cuts one list or object into pieces once it is long, from behind its bracket on. */
export class ListCutter {
  isEnded = false;
  placeholder: Placeholder | undefined;
  /** How deep objects and lists are nested in it, itself included. */
  depth = 1;
  #text = '';
  /** The last comma between its items, in the text. */
  #cut = -1;
  #level = 0;
  #hasNewline = false;
  readonly #strings = new StringSkipper();

  /** @param toPlaceholder is asked once, when it turns out to be long */
  constructor(
    private readonly limits: Pick<LongLimits, 'inlineLength' | 'itemLength'>,
    private readonly toPlaceholder: () => Placeholder,
  ) {}

  /** The text in place of the list. JSON objects on lines of their own are told apart by newlines. */
  get rest(): string {
    if (!this.placeholder) return this.#text;
    return markText(this.placeholder) + (this.#hasNewline ? '\n' : '');
  }

  /**
   * @returns where it ends, its bracket included; the length of the text while it does not
   * @throws LabelrelayError `not-streamable`
   */
  push(text: string, from: number, pieces: Piece[]): number {
    const end = this.#findEnd(text, from);
    this.#text += text.slice(from, this.isEnded ? end - 1 : end);
    if (!this.placeholder && this.#text.length >= this.limits.inlineLength)
      this.placeholder = this.toPlaceholder();
    if (this.placeholder) this.#emit(this.placeholder, pieces);
    return end;
  }

  #findEnd(text: string, from: number): number {
    const base = this.#text.length - from;
    const start = this.#strings.isInside ? this.#strings.skip(text, from) + 1 : from;
    for (let at = start; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) at = this.#strings.skip(text, at + 1);
      else if (IS_STRUCTURE[code]) {
        this.#step(code, base + at);
        if (this.isEnded) return at + 1;
      }
    }
    return text.length;
  }

  #step(code: number, at: number): void {
    if (code === COMMA) {
      if (this.#level === 0) this.#cut = at;
    } else if (code === NEWLINE) this.#hasNewline = true;
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      this.#level++;
      if (this.#level >= this.depth) this.depth = this.#level + 1;
    } else if (--this.#level < 0) this.isEnded = true;
  }

  #emit(placeholder: Placeholder, pieces: Piece[]): void {
    const cut = this.isEnded ? this.#text.length : this.#cut;
    if (cut >= 0) {
      pieces.push({ placeholder, text: this.#text.slice(0, cut) });
      this.#text = this.#text.slice(cut + 1);
      this.#cut = -1;
    }
    if (this.#text.length > this.limits.itemLength) throw tooLong('an item of a list');
    if (this.isEnded) pieces.push({ placeholder });
  }
}

const markText = ({ number, isObject }: Placeholder): string =>
  JSON.stringify(toMark(number)) + (isObject ? ':0' : '');
