import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCS = join(__dirname, '../../docs');

/** A block of commands of a page. */
interface Block {
  readonly page: string;
  readonly commands: string;
}

/** The commands of pages, and which of them were run. */
export class Documented {
  readonly #blocks: readonly Block[];
  readonly #taken = new Set<Block>();

  /** @param pages the paths in docs/ */
  constructor(pages: readonly string[]) {
    this.#blocks = pages.flatMap(blocksOf);
  }

  /** @returns the only block of a page that contains the text @throws unless there is exactly one */
  take(page: string, text: string | RegExp): string {
    const found = this.#blocks.filter(
      (block) =>
        block.page === page &&
        (typeof text === 'string' ? block.commands.includes(text) : text.test(block.commands)),
    );
    const [block] = found;
    if (!block || found.length > 1) {
      throw new Error(`docs/${page}: expected one block with ${text}, got ${found.length}`);
    }
    this.#taken.add(block);
    return block.commands;
  }

  /** The commands that were not run. */
  get left(): readonly Block[] {
    return this.#blocks.filter((block) => !this.#taken.has(block));
  }
}

function blocksOf(page: string): Block[] {
  const text = readFileSync(join(DOCS, page), 'utf8');
  return [...text.matchAll(/^( *)```sh\n(.*?)^ *```/gms)].map(([, indent = '', block = '']) => ({
    page,
    commands: block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));
}
