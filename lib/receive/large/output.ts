import { createHash, type Hash } from 'node:crypto';
import type { ClaimCheck } from '../../events/schemas/attributes';
import type { AnyGathering } from '../../platforms/gather';
import { holesOf, type Source } from '../../platforms/streamed';
import { type Batch, PARTS, withoutBrackets } from './batch';
import { Gatherer } from './gatherer';
import type { Groups } from './groups';
import type { CutLimits } from './hole';
import type { LargeObjects, Upload } from './ports';
import type { Slot, Template } from './template';

/** Text goes out in pieces of about that length: each costs a digest and a copy. */
const PIECE_LENGTH = 131_072;

export interface OutputMeans {
  readonly objects: Pick<LargeObjects, 'begin'>;
  readonly signal: AbortSignal;
  readonly limits: Pick<CutLimits, 'earlyLength'>;
  readonly toGroups: (by: AnyGathering) => Groups;
}

/** What stands in a slot. */
class Filling {
  /** What is there of it before its turn. */
  early = '';
  /** Whether that became too long. */
  isLeft = false;
  isWhole = false;

  constructor(readonly slot: Slot) {}
}

/**
 * JSON that is written while the items of its holes come by. What stands in the first slot that is not
 * filled is written at once, what is short in others waits.
 */
export class Output {
  #upload: Upload | undefined;
  readonly #hash: Hash = createHash('sha256');
  readonly #fillings: readonly Filling[];
  readonly #bySource = new Map<Source, Filling[]>();
  #next = 0;
  #earlyLength = 0;
  #gatherer: Gatherer | undefined;
  #text = '';
  /** Whether the slot that is filled has items yet, */
  #hasItems = false;
  /** and whether a comma is due before them. */
  #needsComma = false;

  constructor(
    private readonly key: string,
    private readonly template: Template,
    private readonly means: OutputMeans,
  ) {
    this.#fillings = template.slots.map((slot) => new Filling(slot));
    for (const filling of this.#fillings) {
      const { source } = filling.slot;
      this.#bySource.set(source, [...(this.#bySource.get(source) ?? []), filling]);
    }
    this.#beginSlot(template.texts[0] ?? '');
  }

  /** All of those that it ever expects. */
  get holes(): number[] {
    return [...this.#bySource.keys()].flatMap(holesOf);
  }

  /** Whether every slot is filled. */
  get isFilled(): boolean {
    return this.#next === this.#fillings.length;
  }

  /** Whether the items of a hole are wanted, from the first one on. */
  expects(hole: number): boolean {
    return this.#gatherer?.hole === hole || this.#takers(hole).length > 0;
  }

  #takers(source: Source): Filling[] {
    const fillings = this.#bySource.get(source) ?? [];
    return fillings.filter(({ isLeft, isWhole }) => !isLeft && !isWhole);
  }

  async write(hole: number, batch: Batch): Promise<void> {
    await this.#fill(this.#takers(hole), batch);
    if (this.#gatherer?.hole !== hole) return;
    this.#gatherer.take(batch);
    await this.#give(this.#gatherer);
  }

  /** To be called when all items of a hole were there that is expected. */
  async endHole(hole: number): Promise<void> {
    for (const filling of this.#takers(hole)) {
      const last = filling.slot.end?.();
      if (last) await this.#put(filling, [last]);
      filling.isWhole = !filling.isLeft;
    }
    if (this.#gatherer?.hole === hole) await this.#endGathered(this.#gatherer);
    while (this.#fillings[this.#next]?.isWhole) this.#endSlot();
  }

  async #endGathered(gatherer: Gatherer): Promise<void> {
    gatherer.endHole();
    if (!gatherer.isAtEnd) return;
    const areMore = gatherer.groups.end();
    await this.#give(gatherer);
    if (areMore) {
      gatherer.restart();
      return;
    }
    this.#gatherer = undefined;
    for (const filling of this.#takers(gatherer.source)) filling.isWhole = true;
  }

  async #give({ source, groups }: Gatherer): Promise<void> {
    const takers = this.#takers(source);
    for (const batch of groups.whole()) await this.#fill(takers, batch);
  }

  async #fill(takers: readonly Filling[], batch: Batch): Promise<void> {
    for (const filling of takers) {
      const text = filling.isLeft ? '' : filling.slot.toText(batch);
      if (text === '') continue;
      await this.#put(filling, batch.parts ? withParts(text, batch.parts) : [text]);
    }
  }

  async #put(filling: Filling, texts: Iterable<string>): Promise<void> {
    if (filling === this.#fillings[this.#next]) await this.#add(texts);
    else this.#keep(filling, [...texts].join(''));
  }

  async #add(texts: Iterable<string>): Promise<void> {
    this.#separate();
    for (const text of texts) {
      this.#text += text;
      if (this.#text.length >= PIECE_LENGTH) await this.#flush();
    }
  }

  /** To be called before items. */
  #separate(): void {
    if (this.#hasItems || this.#needsComma) this.#text += ',';
    this.#hasItems = true;
  }

  #keep(filling: Filling, text: string): void {
    const more = filling.early === '' ? text : `,${text}`;
    filling.early += more;
    this.#earlyLength += more.length;
    if (this.#earlyLength <= this.means.limits.earlyLength) return;
    this.#earlyLength -= filling.early.length;
    filling.early = '';
    filling.isLeft = true;
  }

  #endSlot(): void {
    let after = this.template.texts[this.#next + 1] ?? '';
    if (!this.#hasItems && !this.#needsComma) after = after.replace(/^,/, '');
    this.#next++;
    this.#beginSlot(after);
  }

  /** @param before what stands before it; a comma at its end is written when there are items */
  #beginSlot(before: string): void {
    const filling = this.#fillings[this.#next];
    this.#hasItems = false;
    this.#needsComma = filling !== undefined && before.endsWith(',');
    this.#text += this.#needsComma ? before.slice(0, -1) : before;
    if (!filling) return;
    filling.isLeft = false;
    if (filling.early !== '') {
      this.#separate();
      this.#text += filling.early;
      this.#earlyLength -= filling.early.length;
      filling.early = '';
    }
    const { source } = filling.slot;
    if (typeof source === 'number' || filling.isWhole) return;
    this.#gatherer ??= new Gatherer(source, this.means.toGroups(source.by));
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.from(this.#text);
    this.#text = '';
    this.#hash.update(bytes);
    this.#upload ??= this.means.objects.begin(this.key, this.means.signal);
    await this.#upload.write(bytes);
  }

  /** @param members further ones, at the end of the object that this is */
  async commit(members: object = {}): Promise<ClaimCheck> {
    const more = withoutBrackets(members);
    if (more) this.#text = `${this.#text.slice(0, -1)},${more}}`;
    await this.#flush();
    const dataref = (await this.#upload?.commit()) ?? '';
    return { dataref, datadigest: `sha256:${this.#hash.digest('hex')}` };
  }

  async abort(): Promise<void> {
    await this.#upload?.abort();
  }
}

/** What is longest goes out bit by bit. */
function* withParts(text: string, parts: readonly string[]): Iterable<string> {
  const [before = '', after] = text.split(`"${PARTS}"`);
  yield before;
  if (after === undefined) return;
  for (const [index, part] of parts.entries()) yield index === 0 ? part : `,${part}`;
  yield after;
}
