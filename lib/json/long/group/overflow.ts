/** Room for text outside of memory. */
export interface Overflow {
  /** Stores a block of consecutive texts. @returns its number */
  put(texts: readonly string[]): Promise<number>;
  /** Reads a block. */
  get(block: number): Promise<string>;
}
