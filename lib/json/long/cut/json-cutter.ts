import { LabelrelayError } from '../../../errors';
import { parseJson } from '../../decode';
import { MAX_LEVELS } from '../../nesting';
import type { LongShape } from '../long-shape';
import { LONG_LIMITS, type LongLimits, type Piece, tooLong } from '../placeholder';
import {
  CLOSE_LIST,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
} from './characters';
import { ListCutter } from './list-cutter';
import { StringSkipper } from './string-skipper';
import { wholeEscapes } from './whole-escapes';

/** Where there is little room left, shorter lists are cut out too: there are many of them. */
const TIGHT = 64;

/** Nobody looks for a longer name, so it is cut. */
const MAX_NAME = 256;

type Mode = 'structure' | 'string' | 'key' | 'list' | 'content';

/**
 * Cuts long lists and objects out of JSON that comes in pieces. It does not parse their items, and only finds where they
 * begin and end. Text that is not JSON is found when the items and the rest are parsed.
 */
export class JsonCutter {
  /** The body, with a mark in place of each placeholder. */
  rest = '';
  /** How deep objects and lists are nested. */
  depth = 0;
  readonly #frames: { readonly isList: boolean; expectsKey: boolean }[] = [];
  readonly #path: string[] = [];
  /** How many levels are open below those. */
  #deeper = 0;
  #mode: Mode = 'structure';
  #key = '';
  #list: ListCutter | undefined;
  /** JSON that is text in this one, and what of it is not read yet. */
  #content: JsonCutter | undefined;
  #raw = '';
  readonly #strings = new StringSkipper();
  #pieces: Piece[] = [];

  constructor(
    private readonly shape: LongShape,
    private readonly limits: LongLimits = LONG_LIMITS,
    private readonly outer?: { readonly path: readonly string[]; nextNumber(): number },
  ) {}

  #placeholders = 0;
  readonly #nextNumber = (): number => {
    this.#placeholders++;
    return this.outer?.nextNumber() ?? this.#placeholders - 1;
  };

  /** @throws LabelrelayError `not-streamable` when something is too long that is no list */
  push(text: string): Piece[] {
    for (let at = 0; at < text.length; ) {
      switch (this.#mode) {
        case 'structure':
          at = this.#readStructure(text, at);
          break;
        case 'list':
          at = this.#readList(text, at);
          break;
        case 'content':
          at = this.#readContent(text, at);
          break;
        default:
          at = this.#readString(text, at);
      }
      if (this.rest.length > this.limits.restLength) throw tooLong('the rest of the body');
    }
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  #readStructure(text: string, from: number): number {
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code !== QUOTE && !this.#isLong(code)) {
        this.#step(code);
        continue;
      }
      this.rest += owned(text.slice(from, at + 1));
      if (code === QUOTE) this.#beginString();
      else this.#beginList(code === OPEN_OBJECT);
      return at + 1;
    }
    this.rest += owned(text.slice(from));
    return text.length;
  }

  /** Takes a character outside of strings. */
  #step(code: number): void {
    const frame = this.#frames.at(-1);
    if (code === OPEN_OBJECT || code === OPEN_LIST) this.#open(code === OPEN_LIST);
    else if (code === CLOSE_OBJECT || code === CLOSE_LIST) this.#close();
    else if (this.#deeper > 0) return;
    else if (frame && !frame.isList && code === COMMA) frame.expectsKey = true;
    else if (frame && code === COLON) frame.expectsKey = false;
  }

  #open(isList: boolean): void {
    if (this.#isTooDeep) {
      this.#deeper++;
      this.#reach(this.#frames.length + this.#deeper);
      return;
    }
    this.#frames.push({ isList, expectsKey: !isList });
    this.#reach(this.#frames.length);
    if (!isList) this.#path.push('');
  }

  #close(): void {
    if (this.#deeper > 0) {
      this.#deeper--;
      return;
    }
    if (this.#frames.pop()?.isList === false) this.#path.pop();
  }

  /** Deeper levels are only counted, since nobody reads them: the path would grow with every level. */
  get #isTooDeep(): boolean {
    return this.#frames.length > MAX_LEVELS;
  }

  #reach(depth: number): void {
    if (depth > this.depth) this.depth = depth;
  }

  get #where(): readonly string[] {
    return this.outer ? [...this.outer.path, ...this.#path] : this.#path;
  }

  /** Whether what a character opens may be long. */
  #isLong(code: number): boolean {
    if ((code !== OPEN_LIST && code !== OPEN_OBJECT) || this.#isTooDeep) return false;
    // An item has the path of its list, and is another thing.
    if (this.#frames.at(-1)?.isList) return false;
    if (code === OPEN_LIST) return this.shape.isLongList(this.#where);
    return this.shape.isLongObject(this.#where);
  }

  #beginString(): void {
    if (this.#isTooDeep) {
      this.#mode = 'string';
    } else if (this.#frames.at(-1)?.expectsKey) {
      this.#key = '';
      this.#mode = 'key';
    } else if (!this.outer && this.shape.isJsonText(this.#path)) {
      this.#raw = '';
      this.#content = new JsonCutter(this.shape, this.limits, {
        path: [...this.#path],
        nextNumber: this.#nextNumber,
      });
      this.#mode = 'content';
    } else {
      this.#mode = 'string';
    }
  }

  /** Where a string ends, its quote included; the length of the text while it does not. */
  #stringEnd(text: string, from: number): number {
    const end = this.#strings.skip(text, from);
    if (this.#strings.isInside) return text.length;
    this.#mode = 'structure';
    return end + 1;
  }

  #readString(text: string, from: number): number {
    const isKey = this.#mode === 'key';
    const end = this.#stringEnd(text, from);
    const part = owned(text.slice(from, end));
    this.rest += part;
    if (isKey) {
      this.#key += part;
      if (this.#mode === 'structure') {
        const name = String(parseJson(`"${this.#key}`) ?? '');
        this.#path[this.#path.length - 1] = name.slice(0, MAX_NAME);
      }
    }
    return end;
  }

  #beginList(isObject: boolean): void {
    this.#mode = 'list';
    const { restLength, inlineLength, itemLength } = this.limits;
    const isRoomy = this.rest.length < restLength / 4;
    const limits = { itemLength, inlineLength: isRoomy ? inlineLength : inlineLength / TIGHT };
    this.#list = new ListCutter(limits, () => ({
      number: this.#nextNumber(),
      isObject,
      path: [...this.#where],
      isInText: this.outer !== undefined,
    }));
  }

  #readList(text: string, from: number): number {
    const list = this.#list as ListCutter;
    const end = list.push(text, from, this.#pieces);
    this.#reach(this.#frames.length + list.depth);
    if (list.isEnded) {
      this.#mode = 'structure';
      this.rest += owned(list.rest) + text.charAt(end - 1);
    }
    return end;
  }

  #readContent(text: string, from: number): number {
    const content = this.#content as JsonCutter;
    const end = this.#stringEnd(text, from);
    const isEnd = this.#mode === 'structure';
    const raw = this.#raw + text.slice(from, isEnd ? end - 1 : end);
    const whole = isEnd ? raw.length : wholeEscapes(raw);
    this.#raw = raw.slice(whole);
    const plain = parseJson(`"${raw.slice(0, whole)}"`);
    if (typeof plain !== 'string') throw undecodable();
    this.#pieces.push(...content.push(plain));
    if (isEnd) {
      content.finish();
      // JSON that is too deep is not read, and text with a placeholder in it cannot be passed on as text.
      if (content.depth > MAX_LEVELS && content.#placeholders > 0) throw tooLong('JSON in text');
      this.rest += `${JSON.stringify(content.rest).slice(1, -1)}"`;
    }
    return end;
  }

  /** To be called at the end of the text. @throws LabelrelayError `not-streamable` */
  finish(): void {
    if (this.#mode !== 'list') return;
    // It is no JSON: only of short text is more to be said than that.
    if (this.#list?.placeholder) throw tooLong('a list or an object that does not end');
    this.rest += this.#list?.rest;
  }
}

/** A part of a text keeps all of that in memory: what stays is copied. */
const owned = (text: string): string => JSON.parse(JSON.stringify(text));

const undecodable = (): LabelrelayError =>
  new LabelrelayError('undecodable', 'expected a JSON object, got no JSON, in the body');
