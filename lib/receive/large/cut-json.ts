import { LabelrelayError } from '../../errors';
import { parseJson } from '../../platforms/decode-json';
import type { LargeShape } from '../../platforms/platform';
import { toMark } from '../../platforms/streamed';

/** A list that is too long for memory: in the rest of the body, a mark stands in its place. */
export interface Hole {
  readonly number: number;
  /** The names of the members in which it stands; lists have none. */
  readonly path: readonly string[];
  /** Whether it is in JSON that is text in other JSON. */
  readonly isInText: boolean;
}

/** Some whole items of a hole as JSON text, with commas between them; at its end, no text. */
export interface Piece {
  readonly hole: Hole;
  readonly text?: string;
}

export interface CutLimits {
  /** Shorter lists stay where they are, in characters. */
  readonly holeLength: number;
  /** What may stay in all. */
  readonly restLength: number;
  /** What one item may have. */
  readonly itemLength: number;
}

export const CUT_LIMITS: CutLimits = {
  holeLength: 65_536,
  restLength: 4_194_304,
  itemLength: 8_388_608,
};

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const NEWLINE = 0x0a;

/** What of a list is looked at outside of strings. */
const IS_STRUCTURE = Uint8Array.from({ length: 128 }, (_, code) =>
  [COMMA, NEWLINE, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT].includes(code) ? 1 : 0,
);

type Mode = 'structure' | 'string' | 'key' | 'list' | 'content';

/**
 * Cuts long lists out of JSON that comes in pieces, without reading what is in them: where items begin
 * and end is all that is looked for. What is no JSON is found when the items and the rest are parsed.
 */
export class JsonCutter {
  /** The body, with a mark in place of each hole. */
  rest = '';
  /** How deep objects and lists are nested. */
  depth = 0;
  readonly #frames: { readonly isList: boolean; expectsKey: boolean }[] = [];
  readonly #path: string[] = [];
  #mode: Mode = 'structure';
  #isEscaped = false;
  #key = '';
  // Of the list that is read,
  #list = '';
  #cut = -1;
  #level = 0;
  #inString = false;
  #hasNewline = false;
  #hole: Hole | undefined;
  // and of the text.
  #content: JsonCutter | undefined;
  #raw = '';
  #pieces: Piece[] = [];

  constructor(
    private readonly shape: LargeShape,
    private readonly limits: CutLimits = CUT_LIMITS,
    private readonly outer?: { readonly path: readonly string[]; nextHole(): number },
  ) {}

  #holes = 0;
  readonly #nextHole = (): number => {
    this.#holes++;
    return this.outer?.nextHole() ?? this.#holes - 1;
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
      if (code !== QUOTE && code !== OPEN_LIST) {
        this.#step(code);
        continue;
      }
      if (code === OPEN_LIST && !this.#isLong()) {
        this.#open(true);
        continue;
      }
      this.rest += text.slice(from, at + 1);
      if (code === QUOTE) this.#beginString();
      else this.#beginList();
      return at + 1;
    }
    this.rest += text.slice(from);
    return text.length;
  }

  /** What a character means outside of strings. */
  #step(code: number): void {
    const frame = this.#frames.at(-1);
    if (code === OPEN_OBJECT) this.#open(false);
    else if (code === CLOSE_OBJECT || code === CLOSE_LIST) this.#close();
    else if (frame && !frame.isList && code === COMMA) frame.expectsKey = true;
    else if (frame && code === COLON) frame.expectsKey = false;
  }

  #open(isList: boolean): void {
    this.#frames.push({ isList, expectsKey: !isList });
    this.#reach(this.#frames.length);
    if (!isList) this.#path.push('');
  }

  #close(): void {
    if (this.#frames.pop()?.isList === false) this.#path.pop();
  }

  #reach(depth: number): void {
    if (depth > this.depth) this.depth = depth;
  }

  get #where(): readonly string[] {
    return this.outer ? [...this.outer.path, ...this.#path] : this.#path;
  }

  #isLong(): boolean {
    return this.shape.isLongList(this.#where);
  }

  #beginString(): void {
    if (this.#frames.at(-1)?.expectsKey) {
      this.#key = '';
      this.#mode = 'key';
    } else if (!this.outer && this.shape.isJsonText(this.#path)) {
      this.#raw = '';
      this.#content = new JsonCutter(this.shape, this.limits, {
        path: [...this.#path],
        nextHole: this.#nextHole,
      });
      this.#mode = 'content';
    } else {
      this.#mode = 'string';
    }
  }

  /** Where a string ends, its quote included; the length of the text while it does not. */
  #stringEnd(text: string, from: number): number {
    const end = this.#skipString(text, from);
    if (this.#inString) return text.length;
    this.#mode = 'structure';
    return end + 1;
  }

  /** Where the quote is at the end of a string that goes on here; beyond the text while it does not. */
  #skipString(text: string, from: number): number {
    let at = this.#isEscaped ? from + 1 : from;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) {
        this.#inString = false;
        this.#isEscaped = false;
        return at;
      }
    }
    this.#inString = true;
    this.#isEscaped = at > text.length;
    return at;
  }

  #readString(text: string, from: number): number {
    const isKey = this.#mode === 'key';
    const end = this.#stringEnd(text, from);
    const part = text.slice(from, end);
    this.rest += part;
    if (isKey) {
      this.#key += part;
      if (this.#mode === 'structure') {
        this.#path[this.#path.length - 1] = String(parseJson(`"${this.#key}`) ?? '');
      }
    }
    return end;
  }

  #beginList(): void {
    this.#mode = 'list';
    this.#list = '';
    this.#cut = -1;
    this.#level = 0;
    this.#hasNewline = false;
    this.#hole = undefined;
    this.#reach(this.#frames.length + 1);
  }

  #readList(text: string, from: number): number {
    const end = this.#listEnd(text, from);
    const isEnd = this.#mode === 'structure';
    this.#list += text.slice(from, isEnd ? end - 1 : end);
    if (!this.#hole && this.#list.length >= this.limits.holeLength) this.#beginHole();
    if (this.#hole) this.#emit(this.#hole, isEnd);
    else if (isEnd) this.rest += this.#list;
    if (isEnd) this.rest += text.charAt(end - 1);
    return end;
  }

  /** Where the list ends, its bracket included; the length of the text while it does not. */
  #listEnd(text: string, from: number): number {
    const base = this.#list.length - from;
    const start = this.#inString ? this.#skipString(text, from) + 1 : from;
    for (let at = start; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) at = this.#skipString(text, at + 1);
      else if (IS_STRUCTURE[code] && this.#stepInList(code, base + at)) return at + 1;
    }
    return text.length;
  }

  /** @returns whether the list ends there */
  #stepInList(code: number, at: number): boolean {
    if (code === COMMA) {
      if (this.#level === 0) this.#cut = at;
    } else if (code === NEWLINE) this.#hasNewline = true;
    else if (code === OPEN_LIST || code === OPEN_OBJECT) this.#enter();
    else if (--this.#level < 0) {
      this.#mode = 'structure';
      return true;
    }
    return false;
  }

  #enter(): void {
    this.#level++;
    this.#reach(this.#frames.length + 1 + this.#level);
  }

  #beginHole(): void {
    this.#hole = {
      number: this.#nextHole(),
      path: [...this.#where],
      isInText: this.outer !== undefined,
    };
    this.rest += JSON.stringify(toMark(this.#hole.number));
  }

  #emit(hole: Hole, isEnd: boolean): void {
    const cut = isEnd ? this.#list.length : this.#cut;
    if (cut >= 0) {
      this.#pieces.push({ hole, text: this.#list.slice(0, cut) });
      this.#list = this.#list.slice(cut + 1);
      this.#cut = -1;
    }
    if (this.#list.length > this.limits.itemLength) throw tooLong('an item of a list');
    if (!isEnd) return;
    this.#pieces.push({ hole });
    // JSON objects on lines of their own are told apart by these.
    if (this.#hasNewline) this.rest += '\n';
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
      // What is deeper is not read, and what is too long not as text.
      if (content.depth > MAX_DEPTH && content.#holes > 0) throw tooLong('JSON in text');
      this.rest += `${JSON.stringify(content.rest).slice(1, -1)}"`;
    }
    return end;
  }

  /** To be called at the end of the text. @throws LabelrelayError `not-streamable` */
  finish(): void {
    if (this.#mode !== 'list') return;
    // It is no JSON: only of short text is more to be said than that.
    if (this.#hole) throw tooLong('a list that does not end');
    this.rest += this.#list;
  }
}

/** As deep as `isTooDeep` reads it. */
export const MAX_DEPTH = 256;

/** Where the last escape ends that is there whole. */
function wholeEscapes(raw: string): number {
  for (let at = Math.max(0, raw.length - 6); at < raw.length; at++) {
    if (raw.charCodeAt(at) !== BACKSLASH) continue;
    // One that is escaped itself begins nothing.
    let run = 1;
    while (raw.charCodeAt(at - run) === BACKSLASH) run++;
    if (run % 2 === 0) continue;
    const length = raw.charAt(at + 1) === 'u' ? 6 : 2;
    if (at + length > raw.length) return at;
  }
  return raw.length;
}

const tooLong = (what: string): LabelrelayError =>
  new LabelrelayError('not-streamable', `expected only lists to be long, got too much in ${what}`);

const undecodable = (): LabelrelayError =>
  new LabelrelayError('undecodable', 'expected a JSON object, got no JSON, in the body');
