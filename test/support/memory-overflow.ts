import type { Overflow } from '../../lib/json/long/group/overflow';

/** Blocks in memory, and the numbers of those that were read. */
export class MemoryOverflow implements Overflow {
  readonly blocks: string[] = [];
  readonly read: number[] = [];

  async put(texts: readonly string[]): Promise<number> {
    return this.blocks.push(texts.join('')) - 1;
  }

  async get(block: number): Promise<string> {
    this.read.push(block);
    return this.blocks[block] ?? '';
  }
}
