/** Text goes out in parts of about that length: each costs a digest and a copy. */
const PART_LENGTH = 131_072;

/** JSON text that goes out: what stands around slots, and their items with commas where they belong. */
export class SlotText {
  #text = '';
  /** Whether the slot that is written has items yet, */
  #hasItems = false;
  /** and whether a comma is due before them. */
  #needsComma = false;

  constructor(private readonly write: (text: string) => Promise<void>) {}

  /** @param before what stands before a slot; a comma at its end is written when there are items */
  beginSlot(before: string): void {
    this.#hasItems = false;
    this.#needsComma = before.endsWith(',');
    this.#text += this.#needsComma ? before.slice(0, -1) : before;
  }

  /** @returns what stands behind the slot: without a comma at its beginning that no item comes before */
  endSlot(after: string): string {
    return this.#hasItems || this.#needsComma ? after : after.replace(/^,/, '');
  }

  /** @param items one or more with commas between them */
  addItems(items: string): void {
    this.#separate();
    this.#text += items;
  }

  /** The same in parts, each of which goes out when there is enough. */
  async writeItems(parts: Iterable<string>): Promise<void> {
    this.#separate();
    for (const part of parts) {
      this.#text += part;
      if (this.#text.length >= PART_LENGTH) await this.#flush();
    }
  }

  /** @param last what stands behind the last slot */
  async finish(last: string): Promise<void> {
    this.#text += last;
    await this.#flush();
  }

  #separate(): void {
    if (this.#hasItems || this.#needsComma) this.#text += ',';
    this.#hasItems = true;
  }

  async #flush(): Promise<void> {
    const text = this.#text;
    this.#text = '';
    await this.write(text);
  }
}
