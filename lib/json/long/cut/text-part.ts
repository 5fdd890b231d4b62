import { LabelrelayError } from '../../../errors';
import { parseJson } from '../../decode';
import { MAX_LEVELS } from '../../nesting';
import { type Piece, tooLong } from '../placeholder';
import type { JsonPart } from './json-part';
import { StringSkipper } from './string-skipper';
import { wholeEscapes } from './whole-escapes';

/** The cutter of the JSON in the text. */
interface Cutter {
  readonly rest: string;
  readonly depth: number;
  readonly hasPlaceholders: boolean;
  push(text: string): Piece[];
  finish(): void;
}

/** A string whose text is JSON, from behind its first quote on. Its long lists are cut out too. */
export class TextPart implements JsonPart {
  readonly depth = 0;
  isEnded = false;
  /** The beginning of an escape that goes on in the next piece. */
  #escape = '';
  readonly #strings = new StringSkipper();

  constructor(
    private readonly cutter: Cutter,
    private readonly emit: (piece: Piece) => void,
  ) {}

  read(text: string, from: number): number {
    const quote = this.#strings.skip(text, from);
    this.isEnded = !this.#strings.isInside;
    const raw = this.#escape + text.slice(from, this.isEnded ? quote : text.length);
    const whole = this.isEnded ? raw.length : wholeEscapes(raw);
    this.#escape = raw.slice(whole);
    const plain = parseJson(`"${raw.slice(0, whole)}"`);
    if (typeof plain !== 'string') {
      const message = 'expected a JSON object, got no JSON, in the body';
      throw new LabelrelayError('undecodable', message);
    }
    for (const piece of this.cutter.push(plain)) this.emit(piece);
    if (this.isEnded) this.#end();
    return this.isEnded ? quote + 1 : text.length;
  }

  #end(): void {
    this.cutter.finish();
    // JSON that nests too deeply is passed on as text, and long lists of it cannot be.
    if (this.cutter.depth > MAX_LEVELS && this.cutter.hasPlaceholders)
      throw tooLong('JSON in text');
  }

  takeRest(): string {
    return this.isEnded ? `${JSON.stringify(this.cutter.rest).slice(1, -1)}"` : '';
  }

  finish(): void {}
}
