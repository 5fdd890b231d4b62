/** The length of the parts that are written. Each part costs a digest and a copy. */
const PART_LENGTH = 131_072;

/** Writes the text around slots, and the items of the slots with commas between them. */
export class SlotText {
  #text = '';
  /** Whether the current slot has items, */
  #hasItems = false;
  /** and whether they need a comma before them. */
  #needsComma = false;

  constructor(private readonly write: (text: string) => Promise<void>) {}

  /** @param before the text before a slot. A comma at its end is only written if there are items */
  beginSlot(before: string): void {
    this.#hasItems = false;
    this.#needsComma = before.endsWith(',');
    this.#text += this.#needsComma ? before.slice(0, -1) : before;
  }

  /** @returns the text after the slot, without a comma at its beginning if no item is before it */
  endSlot(after: string): string {
    return this.#hasItems || this.#needsComma ? after : after.replace(/^,/, '');
  }

  /** Writes items in parts, as soon as there is enough text. */
  async writeItems(parts: Iterable<string> | AsyncIterable<string>): Promise<void> {
    this.#separate();
    for await (const part of parts) {
      this.#text += part;
      if (this.#text.length >= PART_LENGTH) await this.#flush();
    }
  }

  /** @param last the text after the last slot */
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
