import { type Batch, PARTS, withoutBrackets } from '../batch';
import type { ToGroupBuffer } from '../group/group-buffer';
import { GroupReader } from '../group/group-reader';
import type { Overflow } from '../group/overflow';
import { placeholdersOf, type Source } from '../long-list';
import { SlotText } from './slot-text';
import type { Slot, Template } from './template';

export interface WriterMeans {
  /** Takes the text in parts. */
  readonly write: (text: string) => Promise<void>;
  /** The room for text of later slots that waits for earlier ones, in characters. */
  readonly earlyLength: number;
  /** Takes the text that does not fit. */
  readonly overflow: Overflow;
  readonly toBuffer: ToGroupBuffer;
}

/** The state of a slot. */
class Filling {
  /** Text that came before the turn of the slot: blocks of an overflow, and what came after them. */
  readonly blocks: number[] = [];
  early = '';
  /** Whether its parts came before its turn, and were dropped. They have to be read again. */
  isDropped = false;
  isWhole = false;

  constructor(readonly slot: Slot) {}

  get hasEarly(): boolean {
    return this.early !== '' || this.blocks.length > 0;
  }
}

/**
 * Writes a template while the items of its slots are read. The text of the first slot that is not filled is written
 * at once. The text of later slots waits.
 */
export class TemplateWriter {
  readonly #text: SlotText;
  readonly #fillings: readonly Filling[];
  readonly #bySource = new Map<Source, Filling[]>();
  /** The index of the slot that is written now. */
  #current = 0;
  #earlyLength = 0;
  #reader: GroupReader | undefined;
  /** The text after the last slot, once all slots are filled. */
  #last = '';

  constructor(
    private readonly template: Template,
    private readonly means: WriterMeans,
  ) {
    this.#text = new SlotText(means.write);
    this.#fillings = template.slots.map((slot) => new Filling(slot));
    for (const filling of this.#fillings) {
      const { source } = filling.slot;
      this.#bySource.set(source, (this.#bySource.get(source) ?? []).concat(filling));
    }
    this.#beginSlot(template.texts[0] ?? '');
  }

  /** All placeholders that it ever expects. */
  get placeholders(): ReadonlySet<number> {
    return new Set([...this.#bySource.keys()].flatMap(placeholdersOf));
  }

  /** Whether every slot is filled. */
  get isFilled(): boolean {
    return this.#current === this.#fillings.length;
  }

  /** Whether it needs the items of a placeholder, from the first one on. */
  expects(placeholder: number): boolean {
    return this.#reader?.placeholder === placeholder || this.#takers(placeholder).length > 0;
  }

  #takers(source: Source): Filling[] {
    const fillings = this.#bySource.get(source) ?? [];
    return fillings.filter(({ isDropped, isWhole }) => !isDropped && !isWhole);
  }

  async write(placeholder: number, batch: Batch): Promise<void> {
    await this.#fill(this.#takers(placeholder), batch);
    if (this.#reader?.placeholder !== placeholder) return;
    this.#reader.take(batch);
    await this.#writeGroups(this.#reader);
  }

  /** To be called after the last item of an expected placeholder. */
  async endOf(placeholder: number): Promise<void> {
    await this.#endSource(placeholder);
    if (this.#reader?.placeholder === placeholder) await this.#endOfGrouped(this.#reader);
    while (this.#fillings[this.#current]?.isWhole) await this.#endSlot();
  }

  async #endOfGrouped(reader: GroupReader): Promise<void> {
    reader.endOf();
    if (!reader.isAtEnd) return;
    reader.groups.end();
    await this.#writeGroups(reader);
    this.#reader = undefined;
    await this.#endSource(reader.source);
  }

  async #endSource(source: Source): Promise<void> {
    for (const filling of this.#takers(source)) {
      const last = filling.slot.end?.();
      if (last) await this.#put(filling, last);
      filling.isWhole = !filling.isDropped;
    }
  }

  async #writeGroups({ source, groups }: GroupReader): Promise<void> {
    const takers = this.#takers(source);
    for await (const batch of groups.whole()) await this.#fill(takers, batch);
  }

  async #fill(takers: readonly Filling[], batch: Batch): Promise<void> {
    for (const filling of takers) {
      const text = filling.slot.toText(batch);
      if (text !== '') await this.#put(filling, text, batch.parts);
    }
  }

  /** @param parts the texts in place of `PARTS` */
  async #put(filling: Filling, text: string, parts?: AsyncIterable<string>): Promise<void> {
    if (filling === this.#fillings[this.#current])
      await this.#text.writeItems(parts ? withParts(text, parts) : [text]);
    // Another slot reads the parts.
    else if (parts) filling.isDropped = true;
    else await this.#addEarly(filling, text);
  }

  async #addEarly(filling: Filling, text: string): Promise<void> {
    const more = filling.hasEarly ? `,${text}` : text;
    filling.early += more;
    this.#earlyLength += more.length;
    if (this.#earlyLength <= this.means.earlyLength) return;
    const longest = this.#fillings.reduce((one, other) =>
      other.early.length > one.early.length ? other : one,
    );
    longest.blocks.push(await this.means.overflow.put([this.#takeEarly(longest)]));
  }

  async *#readEarly(filling: Filling): AsyncGenerator<string> {
    for (const block of filling.blocks) yield await this.means.overflow.get(block);
    yield this.#takeEarly(filling);
  }

  #takeEarly(filling: Filling): string {
    const { early } = filling;
    this.#earlyLength -= early.length;
    filling.early = '';
    return early;
  }

  async #endSlot(): Promise<void> {
    this.#current++;
    this.#beginSlot(this.#text.endSlot(this.template.texts[this.#current] ?? ''));
    const filling = this.#fillings[this.#current];
    if (filling?.hasEarly) await this.#text.writeItems(this.#readEarly(filling));
  }

  #beginSlot(before: string): void {
    const filling = this.#fillings[this.#current];
    if (!filling) {
      this.#last = before;
      return;
    }
    this.#text.beginSlot(before);
    filling.isDropped = false;
    const { source } = filling.slot;
    if (typeof source === 'number' || filling.isWhole) return;
    this.#reader ??= new GroupReader(source, this.means.toBuffer(source.by));
  }

  /**
   * To be called when all slots are filled.
   *
   * @param members further members, written at the end of the JSON object
   */
  async finish(members: object = {}): Promise<void> {
    const more = withoutBrackets(members);
    await this.#text.finish(more ? `${this.#last.slice(0, -1)},${more}}` : this.#last);
  }
}

/** The text of a batch with its parts, which are not joined: they may be long. */
async function* withParts(text: string, parts: AsyncIterable<string>): AsyncGenerator<string> {
  const [before = '', after] = text.split(`"${PARTS}"`);
  yield before;
  if (after === undefined) return;
  let isFirst = true;
  for await (const part of parts) {
    yield isFirst ? part : `,${part}`;
    isFirst = false;
  }
  yield after;
}
