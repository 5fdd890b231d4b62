import { LabelrelayError } from '../errors';

/**
 * The texts of the objects in NDJSON, or in one JSON list. Memory holds one object.
 *
 * @param chunks of text
 * @throws LabelrelayError `undecodable` if there is anything else, or if the text ends within an object or the list
 */
export async function* objectsOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  const scanner = new Scanner();
  for await (const chunk of chunks) yield* scanner.take(chunk);
  scanner.end();
}

class Scanner {
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #list: 'none' | 'open' | 'closed' = 'none';
  #count = 0;
  /** The beginning of an object that is not complete. */
  #begun = '';

  *take(chunk: string): Generator<string> {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const character = chunk[at] as string;
      const wasOutside = this.#depth === 0;
      if (wasOutside) this.#outside(character);
      else if (this.#isInString) this.#inString(character);
      else this.#inObject(character);
      if (wasOutside) start = at;
      if (wasOutside || this.#depth > 0) continue;
      this.#count++;
      yield this.#begun + chunk.slice(start, at + 1);
      this.#begun = '';
    }
    if (this.#depth > 0) this.#begun += chunk.slice(start);
  }

  end(): void {
    if (this.#depth > 0 || this.#list === 'open') throw this.#unexpected();
  }

  /** Between objects there are only spaces, commas, and the ends of a list. */
  #outside(character: string): void {
    if (character === '{') this.#depth = 1;
    else if (character === '[' && this.#list === 'none' && this.#count === 0) this.#list = 'open';
    else if (character === ']' && this.#list === 'open') this.#list = 'closed';
    else if (!/[\s,\uFEFF]/.test(character)) throw this.#unexpected();
  }

  #inString(character: string): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (character === '\\') this.#isEscaped = true;
    else if (character === '"') this.#isInString = false;
  }

  #inObject(character: string): void {
    if (character === '"') this.#isInString = true;
    else if (character === '{' || character === '[') this.#depth++;
    else if (character === '}' || character === ']') this.#depth--;
  }

  #unexpected(): LabelrelayError {
    const message = `expected NDJSON or a JSON list of whole objects, got something else behind ${this.#count} objects`;
    return new LabelrelayError('undecodable', message);
  }
}
