import { parseJson } from '../../decode';
import { MAX_LEVELS } from '../../nesting';
import { CLOSE_LIST, CLOSE_OBJECT, COLON, COMMA, OPEN_LIST, OPEN_OBJECT } from './characters';

/** Names are cut off at this length: no platform has such a long one. */
const MAX_NAME = 256;

/** Follows the structure of JSON: how deep it nests, and the names of the members around a position. */
export class JsonPosition {
  /** The most levels of objects and lists so far. */
  depth = 0;
  readonly #levels: { readonly isList: boolean; expectsName: boolean }[] = [];
  readonly #path: string[];
  /** Levels below those that are followed. They are only counted: the path would grow with each of them. */
  #deeper = 0;

  /** @param path the names around the JSON, if it is a text in other JSON */
  constructor(path: readonly string[] = []) {
    this.#path = [...path];
  }

  /** The names of the members around the position, from the outside in. Lists have none. */
  get path(): readonly string[] {
    return this.#path;
  }

  /** Whether the position is deeper than anything that is read. */
  get isTooDeep(): boolean {
    return this.#levels.length > MAX_LEVELS;
  }

  /** Whether the position is directly in a list. */
  get isInList(): boolean {
    return this.#levels.at(-1)?.isList === true;
  }

  /** Whether the next string is the name of a member. */
  get expectsName(): boolean {
    return !this.isTooDeep && this.#levels.at(-1)?.expectsName === true;
  }

  /** Follows a character outside of strings. */
  step(code: number): void {
    const level = this.#levels.at(-1);
    if (code === OPEN_OBJECT || code === OPEN_LIST) this.#open(code === OPEN_LIST);
    else if (code === CLOSE_OBJECT || code === CLOSE_LIST) this.#close();
    else if (level && !level.isList && code === COMMA) level.expectsName = true;
    else if (level && code === COLON) level.expectsName = false;
  }

  /** @param quoted the name of the member that begins, with its quotes */
  enterMember(quoted: string): void {
    this.#path[this.#path.length - 1] = String(parseJson(quoted) ?? '').slice(0, MAX_NAME);
  }

  /** Counts levels that something else read here. */
  reach(levels: number): void {
    this.depth = Math.max(this.depth, this.#levels.length + this.#deeper + levels);
  }

  #open(isList: boolean): void {
    if (this.isTooDeep) {
      this.#deeper++;
    } else {
      this.#levels.push({ isList, expectsName: !isList });
      if (!isList) this.#path.push('');
    }
    this.reach(0);
  }

  #close(): void {
    if (this.#deeper > 0) this.#deeper--;
    else if (this.#levels.pop()?.isList === false) this.#path.pop();
  }
}
