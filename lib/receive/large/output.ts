import { createHash, type Hash } from 'node:crypto';
import type { ClaimCheck } from '../../events/schemas/attributes';
import type { Batch } from './batch';
import type { LargeObjects, Upload } from './ports';
import type { Slot, Template } from './template';

/** Text goes out in pieces of about that length: each costs a digest and a copy. */
const PIECE_LENGTH = 131_072;

/** JSON that is written while the items of its holes come by, in the order in which they stand in it. */
export class Output {
  #upload: Upload | undefined;
  readonly #hash: Hash = createHash('sha256');
  #next = 0;
  #text = '';
  /** Whether the slot that is filled has items yet, */
  #hasItems = false;
  /** and whether a comma is due before them. */
  #needsComma = false;

  constructor(
    private readonly key: string,
    private readonly template: Template,
    private readonly objects: Pick<LargeObjects, 'begin'>,
    private readonly signal: AbortSignal,
  ) {}

  /** Whether every slot is filled. */
  get isFilled(): boolean {
    return this.#next === this.template.slots.length;
  }

  /** Whether the items of a hole come next. */
  expects(hole: number): boolean {
    return this.#slot?.hole === hole;
  }

  get #slot(): Slot | undefined {
    return this.template.slots[this.#next];
  }

  async write(batch: Batch): Promise<void> {
    const slot = this.#slot;
    if (!slot) return;
    if (!this.#upload) this.#begin();
    const text = slot.toText(batch);
    if (text === '') return;
    this.#text += this.#hasItems || this.#needsComma ? `,${text}` : text;
    this.#hasItems = true;
    if (this.#text.length >= PIECE_LENGTH) await this.#flush();
  }

  /** To be called when all items of the hole were there that is expected. */
  endSlot(): void {
    if (!this.#upload) this.#begin();
    let after = this.template.texts[this.#next + 1] ?? '';
    if (!this.#hasItems && !this.#needsComma) after = after.replace(/^,/, '');
    this.#next++;
    this.#before(after);
  }

  #begin(): void {
    this.#upload = this.objects.begin(this.key, this.signal);
    this.#before(this.template.texts[0] ?? '');
  }

  /** What stands before a slot; a comma at its end is written when there are items. */
  #before(text: string): void {
    this.#hasItems = false;
    this.#needsComma = text.endsWith(',') && !this.isFilled;
    this.#text += this.#needsComma ? text.slice(0, -1) : text;
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.from(this.#text);
    this.#text = '';
    this.#hash.update(bytes);
    await this.#upload?.write(bytes);
  }

  /** @param members further ones, at the end of the object that this is */
  async commit(members: object = {}): Promise<ClaimCheck> {
    const more = JSON.stringify(members).slice(1, -1);
    if (more) this.#text = `${this.#text.slice(0, -1)},${more}}`;
    await this.#flush();
    const dataref = (await this.#upload?.commit()) ?? '';
    return { dataref, datadigest: `sha256:${this.#hash.digest('hex')}` };
  }

  async abort(): Promise<void> {
    await this.#upload?.abort();
  }
}
