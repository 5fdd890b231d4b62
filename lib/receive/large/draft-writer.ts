import type { EventDraft } from '../../events/draft';
import type { ClaimCheck } from '../../events/schemas/attributes';
import type { EventData } from '../../events/schemas/data';
import type { Batch } from '../../json/long/batch';
import type { Taker } from '../../json/long/write/fill';
import type { ClaimWriter } from './claim-writer';

/** A draft, and where its data is when it was too large for memory. */
export interface Written {
  readonly draft: EventDraft;
  readonly claim?: ClaimCheck;
}

/** What is written of one draft: its data, its native, or both. */
export class DraftWriter implements Taker {
  readonly #writers: readonly ClaimWriter[];
  #nativeCommitted: Promise<ClaimCheck> | undefined;
  #committed: Promise<Written> | undefined;

  constructor(
    private readonly draft: EventDraft,
    private readonly data: ClaimWriter | undefined,
    private readonly native: ClaimWriter | undefined,
  ) {
    this.#writers = [native, data].filter((writer) => writer !== undefined);
  }

  get isFilled(): boolean {
    return this.#writers.every(({ json }) => json.isFilled);
  }

  expects(placeholder: number): boolean {
    return this.#writers.some(({ json }) => json.expects(placeholder));
  }

  /** All of those that it ever expects. */
  get placeholders(): ReadonlySet<number> {
    return new Set(this.#writers.flatMap(({ json }) => json.placeholders));
  }

  async write(placeholder: number, batch: Batch): Promise<void> {
    for (const { json } of this.#expecting(placeholder)) await json.write(placeholder, batch);
  }

  /** What is whole is committed at once: there may be many of them. */
  async endOf(placeholder: number): Promise<void> {
    for (const { json } of this.#expecting(placeholder)) await json.endOf(placeholder);
    // It is whole before the data is where that has to be read more often.
    if (this.native?.json.isFilled) await this.#commitNative(this.native);
    if (this.isFilled) await this.commit();
  }

  #expecting(placeholder: number): ClaimWriter[] {
    return this.#writers.filter(({ json }) => json.expects(placeholder));
  }

  commit(): Promise<Written> {
    this.#committed ??= this.#commit();
    return this.#committed;
  }

  async #commit(): Promise<Written> {
    const { draft, data, native } = this;
    const its = native && (await this.#commitNative(native));
    const { native: small, ...rest } = draft.data;
    const beside = its
      ? { nativeref: its.dataref, nativedigest: its.datadigest }
      : { native: small };
    if (data) return { draft, claim: await data.commit(beside) };
    return { draft: { ...draft, data: { ...rest, ...beside } as EventData } };
  }

  #commitNative(native: ClaimWriter): Promise<ClaimCheck> {
    this.#nativeCommitted ??= native.commit();
    return this.#nativeCommitted;
  }

  async abort(): Promise<void> {
    for (const writer of this.#writers) await writer.abort();
  }
}
