import type { Overflow } from './overflow';

/** A text of a group. It has no newline: `JSON.stringify` writes none. */
export interface GroupText {
  /** The number of the group. */
  readonly number: number;
  readonly text: string;
}

/** Texts in the order of their groups. */
export type Run = Iterable<GroupText> | AsyncIterable<GroupText>;

/**
 * Moves texts out of memory.
 *
 * @param blockLength the least length of a block, the last one aside
 * @returns the same texts. They can be read once
 */
export async function storeRun(
  texts: Iterable<GroupText>,
  overflow: Overflow,
  blockLength: number,
): Promise<Run> {
  const blocks: number[] = [];
  let lines: string[] = [];
  let length = 0;
  const flush = async (): Promise<void> => {
    if (length > 0) blocks.push(await overflow.put(lines));
    lines = [];
    length = 0;
  };
  for (const { number, text } of texts) {
    const line = `${number}:${text}\n`;
    lines.push(line);
    length += line.length;
    if (length >= blockLength) await flush();
  }
  await flush();
  return readRun(blocks, overflow);
}

async function* readRun(blocks: readonly number[], overflow: Overflow): AsyncGenerator<GroupText> {
  for (const block of blocks) {
    for (const line of (await overflow.get(block)).split('\n').slice(0, -1)) {
      const colon = line.indexOf(':');
      yield { number: Number(line.slice(0, colon)), text: line.slice(colon + 1) };
    }
  }
}

/**
 * Reads runs side by side, each of them once. The groups have the numbers from 0 on.
 *
 * @returns the texts of each group, in the order of the runs. They can be read until the next group is asked for
 */
export async function* mergeRuns(runs: readonly Run[]): AsyncGenerator<AsyncGenerator<string>> {
  const readers = runs.map((run) => new RunReader(run));
  for (const reader of readers) await reader.advance();
  for (let number = 0; readers.some(({ next }) => next); number++) {
    yield textsOf(number, readers);
    for await (const _ of textsOf(number, readers)) {
      // The caller did not need it.
    }
  }
}

async function* textsOf(number: number, readers: readonly RunReader[]): AsyncGenerator<string> {
  for (const reader of readers) {
    for (; reader.next?.number === number; await reader.advance()) yield reader.next.text;
  }
}

class RunReader {
  /** The next text; undefined at the end. */
  next: GroupText | undefined;
  readonly #texts: Iterator<GroupText> | AsyncIterator<GroupText>;

  constructor(run: Run) {
    this.#texts = Symbol.iterator in run ? run[Symbol.iterator]() : run[Symbol.asyncIterator]();
  }

  async advance(): Promise<void> {
    const { value, done } = await this.#texts.next();
    this.next = done ? undefined : value;
  }
}
