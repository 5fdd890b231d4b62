import { StringSkipper } from './string-skipper';

/** A part of JSON that may be longer than the piece at hand: a string, or a list or an object that is cut out. */
export interface JsonPart {
  readonly isEnded: boolean;
  /** The most levels of objects and lists in it. */
  readonly depth: number;
  /** Reads on. @returns the position behind the part, or the length of the text while the part goes on */
  read(text: string, from: number): number;
  /** Takes the text that belongs into the rest of the body. */
  takeRest(): string;
  /** To be called if the JSON ends within the part. @throws LabelrelayError `not-streamable` */
  finish(): void;
}

/** A string that stays in the rest of the body, from behind its first quote on. */
export class StringPart implements JsonPart {
  readonly depth = 0;
  isEnded = false;
  #rest = '';
  #name = '"';
  readonly #strings = new StringSkipper();

  /** @param onName takes the string with its quotes, if it is the name of a member */
  constructor(private readonly onName?: (quoted: string) => void) {}

  read(text: string, from: number): number {
    const quote = this.#strings.skip(text, from);
    this.isEnded = !this.#strings.isInside;
    const end = this.isEnded ? quote + 1 : text.length;
    this.#rest += copied(text.slice(from, end));
    if (this.onName) this.#name += text.slice(from, end);
    if (this.isEnded) this.onName?.(this.#name);
    return end;
  }

  takeRest(): string {
    const rest = this.#rest;
    this.#rest = '';
    return rest;
  }

  finish(): void {}
}

/** A copy of a slice. A slice itself keeps the whole text in memory. */
export const copied = (slice: string): string => JSON.parse(JSON.stringify(slice));
