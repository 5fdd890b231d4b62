import { applyTo, type Batch } from '../batch';
import { type GroupedItems, LongItems } from '../long-list';
import type { GroupBuffer } from './group-buffer';

/** Reads the items of a grouping, placeholder after placeholder. */
export class GroupReader {
  /** The index of the next item. */
  #next = 0;

  constructor(
    readonly source: GroupedItems,
    readonly groups: GroupBuffer,
  ) {
    this.#takeWhatIsThere();
  }

  /** The next placeholder. */
  get placeholder(): number | undefined {
    const source = this.#longItems?.source;
    return typeof source === 'number' ? source : undefined;
  }

  get #longItems(): LongItems | undefined {
    const item = this.source.items[this.#next];
    return item instanceof LongItems ? item : undefined;
  }

  /** @throws LabelrelayError `not-streamable` */
  take(batch: Batch): void {
    if (!this.#longItems) return;
    const items = applyTo(batch, this.#longItems);
    for (const item of items) this.groups.add(item, batch.text.length / items.length);
  }

  /** To be called at the end of the placeholder. */
  endOf(): void {
    this.#next++;
    this.#takeWhatIsThere();
  }

  /** Whether all items were read. */
  get isAtEnd(): boolean {
    return this.#next === this.source.items.length;
  }

  /** Adds the items in memory that stand between placeholders. */
  #takeWhatIsThere(): void {
    const { items } = this.source;
    for (; !this.isAtEnd && !this.#longItems; this.#next++) this.groups.add(items[this.#next], 0);
  }
}
