import type { Gathered } from '../../platforms/gather';
import { StreamedItems } from '../../platforms/streamed';
import { type Batch, itemsOf } from './batch';
import type { Groups } from './groups';

/** Takes the items that are to be gathered as they come by, hole after hole. */
export class Gatherer {
  /** The place of the item that comes next. */
  #next = 0;

  constructor(
    readonly source: Gathered,
    readonly groups: Groups,
  ) {
    this.#takeWhatIsThere();
  }

  /** The hole that comes next. */
  get hole(): number | undefined {
    const source = this.#streamed?.list.source;
    return typeof source === 'number' ? source : undefined;
  }

  get #streamed(): StreamedItems | undefined {
    const item = this.source.items[this.#next];
    return item instanceof StreamedItems ? item : undefined;
  }

  /** @throws LabelrelayError `not-streamable` */
  take(batch: Batch): void {
    if (!this.#streamed) return;
    const items = itemsOf(this.#streamed.list, batch);
    for (const item of items) this.groups.add(item, batch.text.length / items.length);
  }

  /** To be called at the end of the hole. */
  endHole(): void {
    this.#next++;
    this.#takeWhatIsThere();
  }

  /** Whether all items have come by. */
  get isAtEnd(): boolean {
    return this.#next === this.source.items.length;
  }

  /** Takes all of them once more. */
  restart(): void {
    this.#next = 0;
    this.#takeWhatIsThere();
  }

  /** What stands among the holes. */
  #takeWhatIsThere(): void {
    const { items } = this.source;
    for (; !this.isAtEnd && !this.#streamed; this.#next++) this.groups.add(items[this.#next], 0);
  }
}
