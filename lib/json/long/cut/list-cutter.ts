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
import { copied, type JsonPart } from './json-part';
import { StringSkipper } from './string-skipper';

/** The characters outside of strings that a list cutter looks for. */
const IS_STRUCTURE = Uint8Array.from({ length: 128 }, (_, code) =>
  [COMMA, NEWLINE, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT].includes(code) ? 1 : 0,
);

/** Cuts one list or object into pieces once it is long, from behind its bracket on. */
export class ListCutter implements JsonPart {
  isEnded = false;
  /** The most levels of objects and lists, itself included. */
  depth = 1;
  #placeholder: Placeholder | undefined;
  #text = '';
  /** The bracket at the end. */
  #bracket = '';
  /** The position of the last comma between its items, in the text. */
  #cut = -1;
  #level = 0;
  #hasNewline = false;
  readonly #strings = new StringSkipper();

  /**
   * @param toPlaceholder is called once, if the list is long
   * @param emit takes pieces of the list
   */
  constructor(
    private readonly limits: Pick<LongLimits, 'inlineLength' | 'itemLength'>,
    private readonly toPlaceholder: () => Placeholder,
    private readonly emit: (piece: Piece) => void,
  ) {}

  /** The list itself if it is short, else its mark. JSON objects on lines of their own need a newline. */
  takeRest(): string {
    if (!this.isEnded) return '';
    if (!this.#placeholder) return copied(this.#text) + this.#bracket;
    return markText(this.#placeholder) + (this.#hasNewline ? '\n' : '') + this.#bracket;
  }

  /** @throws LabelrelayError `not-streamable` if the list is long: the rest of the JSON is missing */
  finish(): void {
    if (this.#placeholder) throw tooLong('a list or an object that does not end');
    this.isEnded = true;
  }

  /** @throws LabelrelayError `not-streamable` if an item is too long */
  read(text: string, from: number): number {
    const end = this.#findEnd(text, from);
    this.#text += text.slice(from, this.isEnded ? end - 1 : end);
    if (this.isEnded) this.#bracket = text.charAt(end - 1);
    if (!this.#placeholder && this.#text.length >= this.limits.inlineLength)
      this.#placeholder = this.toPlaceholder();
    if (this.#placeholder) this.#emitItems(this.#placeholder);
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

  #emitItems(placeholder: Placeholder): void {
    const cut = this.isEnded ? this.#text.length : this.#cut;
    if (cut >= 0) {
      this.emit({ placeholder, text: this.#text.slice(0, cut) });
      this.#text = this.#text.slice(cut + 1);
      this.#cut = -1;
    }
    if (this.#text.length > this.limits.itemLength) throw tooLong('an item of a list');
    if (this.isEnded) this.emit({ placeholder });
  }
}

const markText = ({ number, isObject }: Placeholder): string =>
  JSON.stringify(toMark(number)) + (isObject ? ':0' : '');
