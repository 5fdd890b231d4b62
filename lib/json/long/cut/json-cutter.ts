// Libraries that stream JSON parse every value. This cutter only looks for the ends of items.

import type { LongShape } from '../long-shape';
import {
  LONG_LIMITS,
  type LongLimits,
  type Piece,
  type Placeholder,
  tooLong,
} from '../placeholder';
import { OPEN_LIST, OPEN_OBJECT, QUOTE } from './characters';
import { copied, type JsonPart, StringPart } from './json-part';
import { JsonPosition } from './json-position';
import { ListCutter } from './list-cutter';
import { TextPart } from './text-part';

/** If there is little room left in the rest, lists shorter by this factor are cut out too. */
const TIGHT = 64;

/** The JSON around a text that is JSON itself. */
interface Outer {
  readonly path: readonly string[];
  nextNumber(): number;
}

/**
 * Cuts long lists and objects out of JSON that comes in pieces. It does not read their items, and only looks for
 * their ends. Invalid JSON is found when the items and the rest are parsed.
 */
export class JsonCutter {
  /** The body, with a mark in place of each placeholder. */
  rest = '';
  #placeholders = 0;
  readonly #position: JsonPosition;
  /** The string, list or object at the position, if it is not read as structure. */
  #part: JsonPart | undefined;
  #pieces: Piece[] = [];

  constructor(
    private readonly shape: LongShape,
    private readonly limits: LongLimits = LONG_LIMITS,
    private readonly outer?: Outer,
  ) {
    this.#position = new JsonPosition(outer?.path);
  }

  /** The most levels of objects and lists. */
  get depth(): number {
    return this.#position.depth;
  }

  get hasPlaceholders(): boolean {
    return this.#placeholders > 0;
  }

  /** @throws LabelrelayError `not-streamable` if anything but a list or an object of many items is too long */
  push(text: string): Piece[] {
    for (let at = 0; at < text.length; ) {
      at = this.#part ? this.#readPart(this.#part, text, at) : this.#readStructure(text, at);
      if (this.rest.length > this.limits.restLength) throw tooLong('the rest of the body');
    }
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  /** To be called at the end of the text. @throws LabelrelayError `not-streamable` */
  finish(): void {
    this.#part?.finish();
    this.rest += this.#part?.takeRest() ?? '';
  }

  /** Reads up to the next part. */
  #readStructure(text: string, from: number): number {
    for (let at = from; at < text.length; at++) {
      this.#part = this.#partAt(text.charCodeAt(at));
      if (this.#part) {
        this.rest += copied(text.slice(from, at + 1));
        return at + 1;
      }
      this.#position.step(text.charCodeAt(at));
    }
    this.rest += copied(text.slice(from));
    return text.length;
  }

  #readPart(part: JsonPart, text: string, from: number): number {
    const end = part.read(text, from);
    this.rest += part.takeRest();
    this.#position.reach(part.depth);
    if (part.isEnded) this.#part = undefined;
    return end;
  }

  /** The part that a character begins, if it begins one. */
  #partAt(code: number): JsonPart | undefined {
    if (code === QUOTE) return this.#stringPart();
    if ((code !== OPEN_LIST && code !== OPEN_OBJECT) || this.#position.isTooDeep) return undefined;
    // An item has the path of its list, but is another value.
    if (this.#position.isInList) return undefined;
    const { path } = this.#position;
    if (code === OPEN_LIST) return this.shape.isLongList(path) ? this.#listPart(false) : undefined;
    return this.shape.isLongObject(path) ? this.#listPart(true) : undefined;
  }

  #stringPart(): JsonPart {
    const { expectsName, isTooDeep, path } = this.#position;
    if (expectsName) return new StringPart((quoted) => this.#position.enterMember(quoted));
    if (this.outer || isTooDeep || !this.shape.isJsonText(path)) return new StringPart();
    const outer = { path: [...path], nextNumber: () => this.#nextNumber() };
    return new TextPart(new JsonCutter(this.shape, this.limits, outer), this.#emit);
  }

  #listPart(isObject: boolean): JsonPart {
    const { restLength, inlineLength, itemLength } = this.limits;
    const isRoomy = this.rest.length < restLength / 4;
    const limits = { itemLength, inlineLength: isRoomy ? inlineLength : inlineLength / TIGHT };
    const toPlaceholder = (): Placeholder => ({
      number: this.#nextNumber(),
      isObject,
      path: [...this.#position.path],
      isInText: this.outer !== undefined,
    });
    return new ListCutter(limits, toPlaceholder, this.#emit);
  }

  #nextNumber(): number {
    this.#placeholders++;
    return this.outer?.nextNumber() ?? this.#placeholders - 1;
  }

  readonly #emit = (piece: Piece): void => {
    this.#pieces.push(piece);
  };
}
